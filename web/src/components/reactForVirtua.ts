/**
 * The few things virtua takes from React, on Preact; `vite.config.ts` gives it this file instead of
 * preact/compat, which is 2 KB more for a phone to fetch. Follows compat's own forwardRef and memo.
 */
import { createElement, options, type ComponentType, type Ref, type VNode } from "preact";

export {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
} from "preact/hooks";

type Props = Readonly<Record<string, unknown>>;
interface Forwarding {
  (props: Props): VNode | null;
  passesRef?: true;
}

/** Preact's hook before a vnode is drawn, under the name its published files have. */
const hooks = options as { __b?: (vnode: VNode & { ref?: unknown }) => void };
const before = hooks.__b;
hooks.__b = (vnode) => {
  if (typeof vnode.type === "function" && (vnode.type as Forwarding).passesRef && vnode.ref) {
    (vnode.props as { ref?: unknown }).ref = vnode.ref;
    vnode.ref = null;
  }
  before?.(vnode);
};

export function forwardRef(draw: (props: Props, ref: unknown) => VNode): Forwarding {
  const forwarded: Forwarding = ({ ref, ...props }) => draw(props, ref ?? null);
  forwarded.passesRef = true;
  return forwarded;
}

interface Comparing {
  readonly props: Props;
  shouldComponentUpdate?: (next: Props) => boolean;
}

const differs = (a: Props, b: Props): boolean =>
  Object.keys(a).length !== Object.keys(b).length ||
  Object.keys(a).some((name) => a[name] !== b[name]);

export function memo(component: ComponentType<Props>): Forwarding {
  function Memoed(this: Comparing, props: Props): VNode {
    this.shouldComponentUpdate = (next) => differs(this.props, next);
    return createElement(component, props as Props & { ref?: Ref<unknown> });
  }
  Memoed.passesRef = true as const;
  return Memoed as unknown as Forwarding;
}

/** Draws what a change asks for before going on, so that a scroll position can be put right. */
export function flushSync(change: () => void): void {
  const usual = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  change();
  if (usual === undefined) delete options.debounceRendering;
  else options.debounceRendering = usual;
}
