/** The shape of the report screen while the server reads the report: nothing moves when it comes. */
import { strings } from '../../_strings/en.ts';
import { Skeleton } from '../../_ui/states.tsx';

const lines = ['w-full', 'w-[94%]', 'w-[97%]', 'w-3/5', 'w-0', 'w-[96%]', 'w-full', 'w-[92%]', 'w-2/5'];

export default function LoadingReport() {
  return (
    <div aria-busy className="min-h-dvh">
      <p className="sr-only" role="status">
        {strings.ui.loading}
      </p>
      <div className="h-[52px] border-b border-line bg-paper" />
      <div className="grid min-h-[calc(100dvh-52px)] grid-cols-[minmax(0,1fr)] min-[900px]:grid-cols-[minmax(0,1fr)_340px] min-[1200px]:grid-cols-[224px_minmax(0,1fr)_372px]">
        <div className="hidden flex-col gap-3 border-r border-line px-4 pt-5 min-[1200px]:flex">
          <Skeleton className="h-8 w-28" />
          <Skeleton className="h-1.5 w-full" />
        </div>
        <div className="bg-paper px-5 pt-[58px] min-[900px]:px-10 min-[900px]:pt-11 min-[1200px]:pt-11">
          <div className="mx-auto flex max-w-[68ch] flex-col gap-3 font-text text-[18px]">
            <Skeleton className="h-3 w-56" />
            <Skeleton className="mb-4 h-9 w-4/5" />
            {lines.map((width) => (
              <Skeleton key={width} className={`h-4 ${width}`} />
            ))}
          </div>
        </div>
        <div className="hidden border-l border-line min-[900px]:block" />
      </div>
    </div>
  );
}
