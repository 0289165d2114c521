/** A reader who changes the language stays at the place: links `a[data-e4j-lang]` carry the nearest heading along. */

/** Put fragment and query on a link, in place of its own. */
export function placeHref(href: string, place: { search: string; hash: string }): string {
  const bare = href.replace(/[?#].*$/, "");
  return `${bare}${place.search}${place.hash}`;
}

/** Give the id of the last heading at or above the reading line, from the tops of headings in page order. */
export function headingAt(headings: readonly { id: string; top: number }[], line: number): string | null {
  const above = headings.filter((heading) => heading.top <= line);
  return above[above.length - 1]?.id ?? null;
}

function nearestHash(): string {
  const headings = Array.from(document.querySelectorAll("main :is(h1,h2,h3,h4)[id], article :is(h1,h2,h3,h4)[id]"));
  const tops = headings.map((heading) => ({ id: heading.id, top: heading.getBoundingClientRect().top }));
  const id = window.scrollY < 8 ? null : headingAt(tops, window.innerHeight / 3);
  return id ? `#${encodeURIComponent(id)}` : location.hash;
}

export function startLanguageLinks(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-e4j-lang]")) {
    const carry = () => {
      const href = link.getAttribute("href");
      if (href) link.setAttribute("href", placeHref(href, { search: location.search, hash: nearestHash() }));
    };
    for (const moment of ["pointerdown", "focus", "click"]) link.addEventListener(moment, carry);
  }
}
