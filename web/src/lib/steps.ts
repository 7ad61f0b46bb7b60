import {
  Bookmark,
  CircleStop,
  Clock,
  GitBranch,
  Kanban,
  MessageSquare,
  MessageSquareReply,
  PhoneOutgoing,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { StepKind } from '#domain/journey/definition.ts';

/** How each kind of step is called and drawn. */
export const stepLooks: Record<StepKind, { label: string; icon: LucideIcon }> = {
  sms: { label: 'Text', icon: MessageSquare },
  call: { label: 'Call', icon: PhoneOutgoing },
  wait: { label: 'Wait', icon: Clock },
  wait_for_reply: { label: 'Wait for a reply', icon: MessageSquareReply },
  branch: { label: 'Branch', icon: GitBranch },
  set_stage: { label: 'Set stage', icon: Kanban },
  disposition: { label: 'Disposition', icon: Bookmark },
  end: { label: 'End', icon: CircleStop },
};
