const MARK = "lanyard.back";

/** A random mark is no secret at rest and says nothing of anybody; it must outlive the way there and back. */
// oxlint-disable-next-line no-restricted-globals
const tab = (): Storage => sessionStorage;

/**
 * Where the organisation's own sign-in comes back to: this page, with what it was asked, and a mark that only this tab
 * knows. Without the mark anybody's link could sign a person in as somebody else.
 */
export function comeBackHere(): string {
  const mark = tab().getItem(MARK) ?? crypto.randomUUID();
  tab().setItem(MARK, mark);
  const search = new URLSearchParams(location.search);
  search.set("back", mark);
  return `${location.pathname}?${search}`;
}

/** Behind the hash, so that no server and no log ever saw it. */
export function takeLoginToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get("login_token");
  if (token === null) return null;
  const search = new URLSearchParams(location.search);
  const mark = tab().getItem(MARK);
  const ours = mark !== null && search.get("back") === mark;
  tab().removeItem(MARK);
  search.delete("back");
  history.replaceState(null, "", location.pathname + (search.size > 0 ? `?${search}` : ""));
  return ours ? token : null;
}
