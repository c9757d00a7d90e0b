/** Where what stands before and after an element is, in CSS pixels from the left; also around the elements that it is in. */
export function neighbourEdges(element: Element): number[] {
  const edges: number[] = [];
  for (let node: Element | null = element; node && node !== document.body; node = node.parentElement) {
    for (const neighbour of [node.previousSibling, node.nextSibling]) {
      if (neighbour) edges.push(leftOf(neighbour));
    }
  }
  return edges;
}

/** Text has no box of its own. */
function leftOf(node: Node): number {
  const range = document.createRange();
  range.selectNode(node);
  return Math.round(range.getBoundingClientRect().left);
}
