import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../data/queries.ts';

/**
 * What one's role allows, so that nobody is offered what the server would refuse: viewers read, agents also work on
 * running journeys, the others also start and change campaigns; owners and admins may stop everything.
 */
export function usePermissions(): { mayLaunch: boolean; mayWork: boolean; mayStop: boolean } {
  const { data } = useSuspenseQuery(sessionQuery);
  return {
    mayLaunch: data.role !== 'viewer' && data.role !== 'agent',
    mayWork: data.role !== 'viewer',
    mayStop: data.role === 'owner' || data.role === 'admin',
  };
}
