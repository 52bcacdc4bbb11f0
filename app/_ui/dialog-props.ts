import type { ReactNode, RefObject } from 'react';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, at the end; the one to press last. */
  footer?: ReactNode;
  /** `xl` is for two columns; on a narrow screen it takes the whole height. */
  size?: 'sm' | 'md' | 'lg' | 'xl' | undefined;
  /** Where the focus goes first; without it the first thing that takes it. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  className?: string | undefined;
}

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  body: ReactNode;
  /** The verb of the deed, never "OK". */
  confirm: string;
  danger?: boolean | undefined;
  /** Resolves when done; the dialog then closes. When it rejects, the dialog stays and shows the sentence. */
  onConfirm: () => Promise<void> | void;
}
