import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const TENTHS = Array.from({ length: 11 }, (_, n) => n / 10);

/** Tells when half of an element is in view, or half of the screen is full of it, and when it is no more. */
export function useInView<E extends Element>(tell: (inView: boolean) => void): RefObject<E> {
  const element = useRef<E>(null);
  const told = useRef(tell);
  told.current = tell;
  useEffect(() => {
    let before = false;
    const say = (now: boolean): void => {
      if (now !== before) told.current(now);
      before = now;
    };
    const watch = new IntersectionObserver(
      (all) => {
        const now = all.at(-1);
        if (now) say(isInView(now));
      },
      { threshold: TENTHS },
    );
    if (element.current !== null) watch.observe(element.current);
    return () => {
      watch.disconnect();
      say(false);
    };
  }, []);
  return element;
}

function isInView(entry: IntersectionObserverEntry): boolean {
  const whole = Math.min(entry.boundingClientRect.height, window.innerHeight);
  return entry.isIntersecting && entry.intersectionRect.height >= whole / 2;
}
