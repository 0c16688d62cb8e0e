/**
 * For a minified chunk: one pattern takes by place what was a call for each name of the kit, which compresses better.
 * `let{lent:l}=kit,t=p=>l[p],a=t(0),x=1,b=t(2)` becomes `let{lent:l}=kit,t=p=>l[p],[a,,b]=l,x=1`.
 */
export const gatherTaken = {
  name: 'gather-taken',
  renderChunk(code) {
    const declarations = this.parse(code).body.filter(({ type }) => type === 'VariableDeclaration');
    const all = declarations.flatMap((declaration) => declaration.declarations);
    const lent = all.flatMap(({ id }) => id.properties ?? []).find(({ key }) => key.name === 'lent')
      ?.value.name;
    const take = lent && all.find(({ init }) => init?.body?.object?.name === lent);
    if (!take) return null;
    const isTaken = ({ init }) => init?.callee?.name === take.id.name;
    const names = [];
    for (const { id, init } of all.filter(isTaken)) names[init.arguments[0].value] = id.name;
    const said = (one) => code.slice(one.start, one.end) + (one === take ? `,[${names.join()}]=${lent}` : '');
    return { code: declarations.reduceRight(rewrite, code), map: null };

    function rewrite(whole, { kind, declarations, start, end }) {
      const list = declarations
        .filter((one) => !isTaken(one))
        .map(said)
        .join();
      const space = /^[[{]/.test(list) ? '' : ' ';
      return whole.slice(0, start) + (list && `${kind}${space}${list};`) + whole.slice(end);
    }
  },
};
