import { FileUp, Kanban, ListTree, Megaphone, Rocket, Route, Settings, Users } from 'lucide-react';

/** The places of the product, in the order of the main job. */
export const navigation = [
  { to: '/', label: 'Launch', icon: Rocket },
  { to: '/launches', label: 'Launches', icon: ListTree },
  { to: '/journeys', label: 'Journeys', icon: Route },
  { to: '/leads', label: 'Leads', icon: Users },
  { to: '/board', label: 'Pipeline', icon: Kanban },
  { to: '/imports', label: 'Imports', icon: FileUp },
  { to: '/campaigns', label: 'Campaigns', icon: Megaphone },
  { to: '/settings', label: 'Settings', icon: Settings },
] as const;
