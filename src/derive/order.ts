/** In which order adjoints can be evaluated, and which of them are recurrences. */

/**
 * Strongly connected components of a graph, each after all components that it points to (Tarjan). Nodes and edges
 * are taken in the order given, so the result depends on nothing else.
 */
export const components = <Vertex>(
  nodes: readonly Vertex[],
  edges: (node: Vertex) => readonly Vertex[],
): readonly (readonly Vertex[])[] => {
  const index = new Map<Vertex, number>();
  const low = new Map<Vertex, number>();
  const onStack = new Set<Vertex>();
  const stack: Vertex[] = [];
  const found: Vertex[][] = [];
  const visit = (node: Vertex): { node: Vertex; targets: readonly Vertex[]; next: number } => {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    stack.push(node);
    onStack.add(node);
    return { node, targets: edges(node), next: 0 };
  };
  const lower = (node: Vertex, value: number): void => {
    low.set(node, Math.min(low.get(node) as number, value));
  };
  for (const root of nodes) {
    if (index.has(root)) continue;
    const work = [visit(root)];
    while (work.length > 0) {
      const top = work.at(-1) as (typeof work)[number];
      const target = top.targets[top.next++];
      if (target) {
        if (!index.has(target)) work.push(visit(target));
        else if (onStack.has(target)) lower(top.node, index.get(target) as number);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) lower(parent.node, low.get(top.node) as number);
      if (low.get(top.node) === index.get(top.node)) {
        const component: Vertex[] = [];
        for (let member = stack.pop() as Vertex; ; member = stack.pop() as Vertex) {
          onStack.delete(member);
          component.push(member);
          if (member === top.node) break;
        }
        found.push(component);
      }
    }
  }
  return found;
};
