"""Evaluates the LaTeX strings of matrix.json with NumPy: an outside opinion on what a formula means.
A restricted dialect; values are floats for scalars, 2-D arrays otherwise, and a 1x1 result collapses to a float.

    python3 scripts/evaluate_latex.py                  the published answers against finite differences
    python3 scripts/evaluate_latex.py ANSWERS.json     other answers: {"id": "LaTeX"}, or for answers that use names
                                                       {"id": {"latex": "...", "where": [["u_{1}", "LaTeX"], ...]}}
    ... --spoiled                                      the same answers with another sign, and doubled: none is right
"""
import re, math, numpy as np

TOK = re.compile(r"\s*(\\left\(|\\right\)|\\left\[|\\right\]|\\left\\langle|\\right\\rangle|\\\||\\[A-Za-z]+|\\.|\d+\.\d+|\d+|[A-Za-z]|'|[{}()\[\]^_+\-=,/*|>])")

def tokenize(s):
    s = s.replace(r'\,', ' ').replace(r'\;', ' ').replace(r'\!', ' ').replace(r'\quad', ' ')
    out, i = [], 0
    s = s.strip()
    while i < len(s):
        m = TOK.match(s, i)
        if not m:
            if s[i].isspace(): i += 1; continue
            raise SyntaxError(f'bad token at {s[i:i+20]!r}')
        t = m.group(1)
        t = {r'\left\langle': r'\langle', r'\right\rangle': r'\rangle', r'\left(': '(', r'\right)': ')', r'\left[': '[', r'\right]': ']'}.get(t, t)
        out.append(t); i = m.end()
    return out

def norm(v):
    if isinstance(v, np.ndarray) and v.shape == (1, 1): return float(v[0, 0])
    return v

def is_s(v): return not isinstance(v, np.ndarray)

FUN = {
 'log': (np.log, lambda x: 1/x), 'exp': (np.exp, np.exp), 'sin': (np.sin, np.cos), 'cos': (np.cos, lambda x: -np.sin(x)),
 'tan': (np.tan, lambda x: 1/np.cos(x)**2), 'tanh': (np.tanh, lambda x: 1-np.tanh(x)**2),
 'sigma': (lambda x: 1/(1+np.exp(-x)), None), 'abs': (np.abs, np.sign), 'sign': (np.sign, None), 'relu': (lambda x: np.maximum(x, 0), lambda x: (x > 0)*1.0),
 'step': (lambda x: (x > 0)*1.0, None), 'arctan': (np.arctan, None), 'sinh': (np.sinh, None), 'cosh': (np.cosh, None),
}
GREEK_VARS = {'alpha','beta','gamma','delta','lambda','mu','theta','omega','eta','rho','tau','Sigma','Lambda','Theta','epsilon','kappa','xi','psi','nu','zeta'}

class Env:
    def __init__(self, vals, dims, funcs=None, families=None, grads=None, partial=None):
        self.v = vals; self.d = dims; self.f = funcs or {}; self.fam = families or set(); self.grads = grads; self.partial = partial
        self.idx = {}

class P:
    def __init__(self, s, env):
        self.t = tokenize(s); self.i = 0; self.e = env; self.src = s; self.innorm = False
    def pk(self, k=0): return self.t[self.i+k] if self.i+k < len(self.t) else None
    def nx(self): t = self.pk(); self.i += 1; return t
    def ex(self, x):
        t = self.nx()
        if t != x: raise SyntaxError(f'expected {x} got {t} in {self.src!r} near {self.t[max(0,self.i-4):self.i+3]}')
    def parse(self):
        v = self.expr()
        if self.pk() is not None: raise SyntaxError(f'trailing {self.t[self.i:]} in {self.src!r}')
        return norm(v)
    # ---- grammar
    def expr(self):
        neg = False
        if self.pk() == '-': self.nx(); neg = True
        elif self.pk() == '+': self.nx()
        v = self.term()
        if neg: v = -v
        while self.pk() in ('+', '-'):
            op = self.nx(); r = self.term()
            v = self.add(v, r if op == '+' else -r)
        return norm(v)
    def add(self, a, b):
        a, b = norm(a), norm(b)
        # 1 - h: a number beside an array stands for an array of it. Other scalars do not.
        if is_s(a) != is_s(b):
            number = a if is_s(a) else b
            if abs(float(number)) != 1: raise TypeError(f'scalar+matrix in {self.src!r}')
            return a + b
        if not is_s(a) and a.shape != b.shape: raise TypeError(f'shape {a.shape}+{b.shape} in {self.src!r}')
        return a + b
    def term(self):
        v = self.prod()
        while self.pk() in (r'\odot', r'\oslash', r'\otimes'):
            op = self.nx(); r = self.prod()
            if op == r'\otimes': v = np.kron(np.atleast_2d(v), np.atleast_2d(r))
            else:
                if is_s(v) or is_s(r) or v.shape != r.shape: raise TypeError(f'{op} shapes {getattr(v,"shape",())} {getattr(r,"shape",())} in {self.src!r}')
                v = v*r if op == r'\odot' else v/r
        return norm(v)
    STOP = {None, '+', '-', ')', ']', '}', ',', '=', '>', r'\odot', r'\oslash', r'\otimes', r'\|', r'\rangle'}
    def prod(self):
        v = self.unary()
        while True:
            t = self.pk()
            if t == r'\cdot': self.nx(); v = self.mul(v, self.unary()); continue
            if t == '/': self.nx(); r = self.unary(); v = v / r; continue
            if t == r'\|' and not self.innorm: v = self.mul(v, self.unary()); continue
            if t in self.STOP: break
            v = self.mul(v, self.unary())
        return norm(v)
    def mul(self, a, b):
        a, b = norm(a), norm(b)
        if is_s(a) or is_s(b): return a*b
        if a.shape[1] != b.shape[0]: raise TypeError(f'matmul {a.shape}x{b.shape} in {self.src!r}')
        return norm(a @ b)
    def group(self):
        self.ex('{'); v = self.expr(); self.ex('}'); return v
    def rawgroup(self):
        if self.pk() != '{': return [self.nx()]
        self.ex('{'); d = 1; out = []
        while d:
            t = self.nx()
            if t == '{': d += 1
            elif t == '}': d -= 1
            if d: out.append(t)
        return out
    def unary(self):
        v = self.base()
        return self.post(v)
    def post(self, v):
        while self.pk() == '^':
            self.nx(); raw = self.rawgroup()
            v = self.power(norm(v), raw)
        return norm(v)
    def power(self, v, raw):
        s = ''.join(raw)
        T = r'\top'
        if s == T: return v.T if not is_s(v) else v
        if s == '-'+T: return np.linalg.inv(v).T
        if raw and raw[0] == r'\odot':
            k = self.sub(raw[1:]); return v**k
        k = self.sub(raw)
        if is_s(v): return v**k
        k = round(k) if abs(k-round(k)) < 1e-9 else k
        if v.shape[0] != v.shape[1]: raise TypeError(f'matrix power of nonsquare in {self.src!r}')
        return np.linalg.matrix_power(v, int(k))
    def sub(self, toks):
        p = P.__new__(P); p.t = list(toks); p.i = 0; p.e = self.e; p.src = self.src; p.innorm = False
        v = p.expr()
        if p.pk() is not None: raise SyntaxError('sub trailing '+str(p.t[p.i:]))
        return norm(v)
    def paren(self):
        o = self.nx(); c = {'(': ')', '[': ']'}[o]
        sv = self.innorm; self.innorm = False; v = self.expr(); self.innorm = sv; self.ex(c); return v
    def arg(self):
        if self.pk() in ('(', '['): return self.paren()
        return self.unary()
    def apply(self, name, order=0):
        pw = None
        if self.pk() == '^':
            self.nx(); pw = self.sub(self.rawgroup())
        v = norm(self.arg())
        if name in self.e.f: r = self.e.f[name][order](v)
        else:
            if order: raise SyntaxError('no deriv '+name)
            r = FUN[name][0](v)
        return r**pw if pw is not None else r
    def base(self):
        t = self.pk()
        if t in ('(', '['): return self.paren()
        if re.fullmatch(r'\d+(\.\d+)?', t or ''): self.nx(); return float(t)
        if t == r'\|':
            self.nx(); sv = self.innorm; self.innorm = True; v = norm(self.expr()); self.innorm = sv; self.ex(r'\|'); kind = '2'
            if self.pk() == '_': self.nx(); kind = ''.join(self.rawgroup())
            a = np.atleast_2d(v)
            if kind == '1': r = float(np.abs(a).sum())
            elif kind in ('2', 'F'):
                if kind == '2' and a.shape[1] != 1 and a.shape[0] != 1: raise TypeError('2-norm of a matrix')
                r = float(np.sqrt((a*a).sum()))
            else: raise SyntaxError('norm '+kind)
            return r
        if t == r'\langle':
            self.nx(); a = self.expr(); self.ex(','); b = self.expr(); self.ex(r'\rangle')
            if np.shape(a) != np.shape(b): raise TypeError(f'inner product of {np.shape(a)} and {np.shape(b)} in {self.src!r}')
            return float(np.sum(np.asarray(a)*np.asarray(b)))
        if t == r'\frac': return self.frac()
        if t == r'\sqrt': self.nx(); return np.sqrt(self.group())
        if t == r'\sum': return self.sum()
        if t == r'\prod': return self.prodop()
        if t == r'\mathbb' and self.t[self.i+1:self.i+5] == [*'{1}(']:
            # The indicator of an order, entry by entry.
            self.i += 5
            a = self.expr(); self.ex('>'); b = self.expr(); self.ex(')')
            return norm((np.asarray(a) > np.asarray(b))*1.0)
        if t == r'\operatorname':
            self.nx(); nm = ''.join(self.rawgroup()); return self.opname(nm)
        if t == r'\det': self.nx(); return float(np.linalg.det(self.arg()))
        if t == r'\mathbf':
            self.nx(); nm = ''.join(self.rawgroup())
            if nm == '1':
                self.ex('_'); n = self.dim(self.rawgroup()); return np.ones((n, 1))
            raise SyntaxError('mathbf '+nm)
        if t and t[0] == '\\':
            nm = t[1:]
            if nm in self.e.f and nm not in self.e.v or (nm in FUN):
                self.nx(); order = 0
                while self.pk() == "'": self.nx(); order += 1
                if nm == 'ell':
                    self.ex('('); a = self.expr(); self.ex(','); b = self.expr(); self.ex(')')
                    return self.e.f['ell'][0](norm(a), norm(b))
                return self.apply(nm, order)
            if nm == 'ell':
                raise SyntaxError('ell')
            return self.ident()
        if t and re.fullmatch(r'[A-Za-z]', t): return self.ident()
        raise SyntaxError(f'unexpected {t} in {self.src!r}')
    def opname(self, nm):
        if nm in ('tr',): return float(np.trace(np.atleast_2d(self.arg())))
        if nm == 'diag':
            v = self.arg()
            return np.diag(v[:, 0]) if v.shape[1] == 1 else np.diag(v).reshape(-1, 1)
        if nm == 'vec': v = self.arg(); return v.reshape(-1, 1, order='F')
        if nm == 'softmax': v = self.arg(); e = np.exp(v - v.max()); return e/e.sum()
        if nm == 'rowsoftmax': v = self.arg(); e = np.exp(v - v.max(1, keepdims=True)); return e/e.sum(1, keepdims=True)
        if nm == 'sum': return float(np.sum(self.arg()))
        if nm in FUN or nm in self.e.f: return self.apply(nm)
        raise SyntaxError('op '+nm)
    def dim(self, raw):
        s = ''.join(raw)
        if s.isdigit(): return int(s)
        return int(round(self.sub(raw))) if s not in self.e.d else self.e.d[s]
    def ident(self):
        t = self.nx(); name = t; key = t.lstrip('\\')
        # superscript (k) is part of the name
        if self.pk() == '^' and self.pk(1) == '{' and self.pk(2) == '(':
            self.nx(); raw = self.rawgroup(); key += '^' + ''.join(raw)
        subraw = None
        if self.pk() == '_':
            self.nx(); subraw = self.rawgroup()
            s = ''.join(subraw)
            if key == 'I': return np.eye(self.dim(subraw))
            if key + '_' + s in self.e.v: return self.e.v[key + '_' + s]
            if key in self.e.fam:
                j = int(round(self.sub(subraw))); k2 = f'{key}@{j}'
                if k2 not in self.e.v: raise KeyError(k2)
                return self.e.v[k2]
            raise KeyError(key + '_' + s)
        if key in self.e.idx: return float(self.e.idx[key])
        if key in self.e.v: return self.e.v[key]
        if key in self.e.d: return float(self.e.d[key])
        raise KeyError(f'{key} in {self.src!r}')
    def frac(self):
        self.nx()
        save = self.i
        num = self.rawgroup(); den = self.rawgroup()
        if num and num[0] == r'\partial' and den and den[0] == r'\partial':
            return self.e.partial(num[1:], den[1:], self)
        # A factor before the differential below the line: ∂ℓ/(T · ∂o).
        if num and num[0] == r'\partial' and r'\cdot' in den and den[den.index(r'\cdot') + 1] == r'\partial':
            at = den.index(r'\cdot')
            return self.e.partial(num[1:], den[at + 2:], self) / self.sub(den[:at])
        n = self.sub(num); d = self.sub(den)
        if not is_s(d): raise TypeError('division by non-scalar')
        return n/d
    def sum(self):
        self.nx(); self.ex('_'); raw = self.rawgroup(); var = raw[0].lstrip('\\'); assert raw[1] == '='
        lo = int(round(self.sub(raw[2:]))); self.ex('^'); hi = int(round(self.sub(self.rawgroup())))
        start = self.i; tot = None
        saved = self.e.idx.get(var)
        if hi < lo:
            # need shape: evaluate body once at lo for its shape if possible
            self.e.idx[var] = lo
            v = self.term(); tot = v*0
        for j in range(lo, hi+1):
            self.i = start; self.e.idx[var] = j
            v = self.term(); tot = v if tot is None else tot + v
        if saved is None: self.e.idx.pop(var, None)
        else: self.e.idx[var] = saved
        return norm(tot)

# ordered product, factors left to right in increasing index; empty product = identity
def _prodop(self):
    self.nx(); self.ex('_'); raw = self.rawgroup(); var = raw[0].lstrip('\\'); assert raw[1] == '='
    lo = int(round(self.sub(raw[2:]))); self.ex('^'); hi = int(round(self.sub(self.rawgroup())))
    start = self.i; saved = self.e.idx.get(var); tot = None
    if hi < lo:
        self.e.idx[var] = hi; v = norm(self.unary()); tot = np.eye(v.shape[0]) if not is_s(v) else 1.0
    for j in range(lo, hi+1):
        self.i = start; self.e.idx[var] = j
        v = norm(self.unary()); tot = v if tot is None else self.mul(tot, v)
    if saved is None: self.e.idx.pop(var, None)
    else: self.e.idx[var] = saved
    return tot
P.prodop = _prodop

def expand(tokens, where):
    """Tokens with names replaced by what they stand for, until none is left; a name before a subscript is another one."""
    names = [(tokenize(name), ['('] + tokenize(meaning) + [')']) for name, meaning in where]
    names.sort(key=lambda pair: -len(pair[0]))
    for _ in range(50):
        out, i, found = [], 0, False
        while i < len(tokens):
            if tokens[i] in (r'\operatorname', r'\mathrm', r'\mathbf') and '}' in tokens[i:]:
                end = tokens.index('}', i) + 1; out += tokens[i:end]; i = end; continue
            for name, meaning in names:
                if tokens[i:i+len(name)] == name and tokens[i+len(name):i+len(name)+1] != ['_']:
                    out += meaning; i += len(name); found = True; break
            else: out.append(tokens[i]); i += 1
        tokens = out
        if not found: return tokens
    raise SyntaxError('names that stand for themselves')

def ev(s, env):
    if isinstance(s, str): return P(s, env).parse()
    p = P(s['latex'], env); p.t = expand(p.t, s.get('where') or []); return p.parse()

def spoil(answer, how):
    """The answer with `how` in front of all of it."""
    if isinstance(answer, str): return f'{how} ({answer})'
    return {**answer, 'latex': f"{how} ({answer['latex']})"}

# ---- the checks: finite differences on the LaTeX itself, three seeds, three choices of phi and ell
def norm_name(s):
    s = s.strip().replace('{','').replace('}','')
    return s[1:] if s.startswith('\\') else s
PHIS = {
 'tanh': (np.tanh, lambda x: 1-np.tanh(x)**2, lambda x: -2*np.tanh(x)*(1-np.tanh(x)**2)),
 'sin+x': (lambda x: x+0.3*np.sin(x), lambda x: 1+0.3*np.cos(x), lambda x: -0.3*np.sin(x)),
 'softplus': (lambda x: np.log1p(np.exp(x)), lambda x: 1/(1+np.exp(-x)), lambda x: np.exp(-x)/(1+np.exp(-x))**2),
}
def sm(z): e = np.exp(z-z.max()); return e/e.sum()
ELLS = {
 'mse': (lambda o, y: float(0.5*((o-y)**2).sum()), lambda o, y: o-y),
 'ce': (lambda o, y: float(-(y*np.log(sm(o))).sum()), lambda o, y: y.sum()*sm(o)-y),
 'logcosh': (lambda o, y: float(np.log(np.cosh(o-y)).sum()), lambda o, y: np.tanh(o-y)),
}
_opname = P.opname
def opname(self, nm):
    if nm == 'softmax' and self.pk() == '_':  # of every row, or of every column
        self.nx(); rows = ''.join(self.rawgroup()) == r'\mathrm{row}'; v = self.arg(); axis = 1 if rows else 0
        e = np.exp(v - v.max(axis, keepdims=True)); return e/e.sum(axis, keepdims=True)
    if nm == 'dell':                      # dell(o, y) is the derivative of ell(o, y) by o
        self.ex('('); a = self.expr(); self.ex(','); b = self.expr(); self.ex(')')
        return self.e.f['dell'][0](norm(a), norm(b))
    return _opname(self, nm)
P.opname = opname

def sample(rng, shape, dom):
    r, c = shape
    A = rng.standard_normal((r, c))*0.8
    if dom in ('pos', 'posmat'): A = np.abs(A)+0.5
    elif dom == 'sym': A = (A+A.T)/2
    elif dom == 'spd': A = A@A.T/r + np.eye(r)
    elif dom == 'inv': A = A + 2.5*np.eye(r)
    elif dom == 'posdet': A = 0.4*A + 2*np.eye(r)
    elif dom == 'small': A = 0.3*A + np.eye(r)
    elif dom == 'diag': A = np.diag(np.diag(A))
    elif dom == 'contract': A = 0.25*A
    elif dom == 'smallscalar': A = 0.1*A
    elif dom is not None: raise ValueError(dom)
    return A
def mkvals(case, rng, dims):
    vals = {}; fam = case.get('families') or case.get('_fam') or []
    fams = set(fam)
    for nme, sh in case['shapes'].items():
        shp = tuple(int(s) if s.isdigit() else dims[s] for s in sh)
        dom = case['_domain'].get(nme)
        k = norm_name(nme)
        if k.endswith('_t'):
            base = k[:-2]; fams.add(base)
            for j in range(0, dims.get('T', 5)+2): vals[f'{base}@{j}'] = sample(rng, shp, dom)
        else:
            v = sample(rng, shp, dom)
            vals[k] = float(v[0,0]) if shp == (1,1) else v
            if k.endswith('_0') and case['kind'] == 'graph': vals[k[:-2]+'@0'] = vals[k]
    return vals, fams
def fd(f, x, h=1e-6):
    if is_s(x): return (np.asarray(f(x+h))-np.asarray(f(x-h)))/(2*h)
    out = None
    it = np.ndindex(x.shape); res = {}
    for ij in it:
        p = x.copy(); p[ij] += h; m = x.copy(); m[ij] -= h
        res[ij] = (np.asarray(f(p))-np.asarray(f(m)))/(2*h)
    return res
def close(a, b, tol):
    a = np.atleast_2d(np.asarray(a, float)); b = np.atleast_2d(np.asarray(b, float))
    if a.shape != b.shape: return False, f'shape {a.shape} vs {b.shape}', float('inf')
    s = max(1.0, np.abs(a).max(), np.abs(b).max())
    e = np.abs(a-b).max()/s
    return e < tol, '', float(e)
def vecF(a): return np.atleast_2d(a).reshape(-1, 1, order='F')

def check_plain(case, seed, phi, ell):
    rng = np.random.default_rng(seed)
    dims = dict(DIMS); dims['T'] = 5; dims.update(case['_dims'])
    vals, fams = mkvals(case, rng, dims)
    funcs = {}
    if case['_funcs'] == 'phi': funcs['phi'] = PHIS[phi]
    if case['_funcs'] == 'ell': funcs['ell'] = ELLS[ell]; funcs['dell'] = (ELLS[ell][1],)
    if case['id'] in ('quad-02', 'mc-04', 'mc-05'): dims.pop('d', None)
    env = lambda v: Env(v, {k: x for k, x in dims.items() if k not in v}, funcs, fams)
    w = norm_name(case['wrt'])
    if w not in vals:
        b, j = w.split('_'); w = f'{b}@{j}'
    f = lambda x: ev(case['latex_expression'], env({**vals, w: x}))
    exp = ev(case['expected_latex'], env(vals))
    x0 = vals[w]; kind = case['kind']
    tol = 2e-6
    if kind in ('gradient', 'gradient_sym', 'gradient_diag', 'gradient_symproj'):
        if is_s(x0): return close(fd(f, x0), exp, tol)
        num = np.zeros_like(x0)
        if kind in ('gradient', 'gradient_symproj'):
            for ij, d in fd(f, x0).items(): num[ij] = d
            if kind == 'gradient_symproj': num = (num + num.T)/2
        else:
            h = 1e-6; n = x0.shape[0]
            for i in range(n):
                for j in range(n):
                    if kind == 'gradient_diag' and i != j: continue
                    E = np.zeros_like(x0); E[i,j] = 1
                    if kind == 'gradient_sym': E[j,i] = 1
                    num[i,j] = (f(x0+h*E)-f(x0-h*E))/(2*h)
        return close(num, exp, tol)
    if kind == 'jacobian':
        cols = [np.asarray(d).reshape(-1) for _, d in sorted(fd(f, x0).items())]
        return close(np.stack(cols, 1), exp, tol)
    if kind == 'by_scalar': return close(fd(f, x0), exp, tol)
    if kind == 'vec_jacobian':
        r, c = x0.shape; J = []
        res = fd(f, x0)
        for j in range(c):
            for i in range(r): J.append(vecF(res[(i,j)])[:,0])
        return close(np.stack(J, 1), exp, tol)
    if kind == 'hessian':
        N = x0.size; h = 1e-4
        idx = [(i, j) for j in range(x0.shape[1]) for i in range(x0.shape[0])]
        H = np.zeros((N, N))
        for a, ia in enumerate(idx):
            for b, ib in enumerate(idx):
                def at(sa, sb):
                    p = x0.copy(); p[ia] += sa*h; p[ib] += sb*h; return f(p)
                H[a, b] = (at(1,1)-at(1,-1)-at(-1,1)+at(-1,-1))/(4*h*h)
        return close(H, exp, 5e-6)
    if kind == 'hvp':
        v = vals[norm_name(case['_dir'])]; h = 1e-4; num = np.zeros_like(x0)
        for ij in np.ndindex(x0.shape):
            def at(sa, sb):
                p = x0 + sb*h*v; p = p.copy(); p[ij] += sa*h; return f(p)
            num[ij] = (at(1,1)-at(1,-1)-at(-1,1)+at(-1,-1))/(4*h*h)
        return close(num, exp, 5e-6)
    raise ValueError(kind)

def check_graph(case, seed, phi, ell):
    rng = np.random.default_rng(seed)
    dims = dict(DIMS);
    T = case['_T'] or 5
    dims['T'] = T
    vals0, fams = mkvals(case, rng, dims)
    defs = case['_defs']
    for l, _ in defs:
        if l.endswith('_{t}'): fams.add(norm_name(l)[:-2])
    names = set(norm_name(s) for s in case['shapes'])
    node_names = {norm_name(l) for l, _ in defs}
    dd = {k: v for k, v in dims.items()}
    # symbol names win over dims when a variable has the same letter (h the layer vs h the dimension)
    funcs = {'phi': PHIS[phi], 'ell': ELLS[ell], 'dell': (ELLS[ell][1],)}
    def mkenv(v): return Env(v, dd, funcs, fams, partial=lambda n, d, p: partial(n, d, p))
    def forward(params, inj):
        v = dict(params); env = mkenv(v)
        timed = [(l, r) for l, r in defs if l.endswith('_{t}')]
        plain = [(l, r) for l, r in defs if not l.endswith('_{t}')]
        if timed:
            for tt in range(1, T+1):
                env.idx['t'] = tt
                for l, r in timed:
                    k = f'{norm_name(l)[:-2]}@{tt}'
                    v[k] = ev(r, env)
                    if k in inj: v[k] = v[k] + inj[k]
            env.idx.pop('t')
        for l, r in plain:
            k = norm_name(l); v[k] = ev(r, env)
            if k in inj: v[k] = v[k] + inj[k]
        return v
    base = forward(vals0, {})
    cache = {}
    def total(target, k):
        if (target, k) in cache: return cache[target, k]
        x0 = base[k]; h = 1e-6
        num = np.zeros_like(np.atleast_2d(x0)) if not is_s(x0) else 0.0
        leaf = k in vals0
        def run(delta):
            if leaf:
                p = dict(vals0); p[k] = vals0[k] + delta
                if k.endswith('_0'): p[k[:-2]+'@0'] = p[k]
                return forward(p, {})[target]
            return forward(vals0, {k: delta})[target]
        for ij in np.ndindex(x0.shape):
            E = np.zeros_like(x0); E[ij] = h
            num[ij] = (run(E)-run(-E))/(2*h)
        cache[target, k] = num
        return num
    def symkey(toks, p):
        # toks like ['h','_','{','t','+','1','}']
        s = ''.join(toks); k = norm_name(s)
        if '_' in toks:
            b = toks[0].lstrip('\\'); sub = toks[toks.index('_')+1:]
            sub = [x for x in sub if x not in '{}']
            full = b + '_' + ''.join(sub)
            if full in vals0 and full.replace('_','@') not in base: return full
            if full in vals0 and b not in fams: return full
            j = int(round(p.sub(sub))); return f'{b}@{j}'
        return k
    def partial(num, den, p):
        k = symkey(den, p)
        n0 = norm_name(''.join(num))
        if n0 in node_names: return total(n0, k)
        # partial derivative of an expression with the symbol's value replaced
        x0 = base[k]; h = 1e-6; out = np.zeros_like(x0)
        for ij in np.ndindex(x0.shape):
            r = []
            for sgn in (1, -1):
                v = dict(base); xx = x0.copy(); xx[ij] += sgn*h; v[k] = xx
                e2 = mkenv(v); e2.idx = dict(p.e.idx)
                q = P.__new__(P); q.t = list(num); q.i = 0; q.e = e2; q.src = 'partial'; q.innorm = False
                r.append(q.expr())
            out[ij] = (r[0]-r[1])/(2*h)
        return out
    env = mkenv(dict(base))
    worst = 0.0
    if case['_where']:
        lo = int(ev(case['_where'][0], env)); hi = int(ev(case['_where'][1], env)); ts = range(lo, hi+1)
    else: ts = [None]
    for tt in ts:
        if tt is not None: env.idx['t'] = tt
        pp = P('0', env)
        k = symkey(tokenize(case['wrt']), pp)
        num = total(norm_name(case['_target']), k)
        exp = ev(case['expected_latex'], env)
        ok, why, e = close(num, exp, 3e-6)
        worst = max(worst, e)
        if not ok: return False, f't={tt} {why}', e
    return True, '', worst

def run(case):
    phis = list(PHIS) if (case['kind'] == 'graph' or case.get('_funcs') == 'phi') else ['tanh']
    ells = list(ELLS) if (case['kind'] == 'graph' or case.get('_funcs') == 'ell') else ['mse']
    combos = [(p, e) for p in phis for e in ells]
    if case['kind'] == 'graph': combos = list(zip(phis, ells))
    worst = 0.0; n = 0
    for seed in (1, 2, 3):
        for p, e in combos:
            fn = check_graph if case['kind'] == 'graph' else check_plain
            ok, why, err = fn(case, seed, p, e); n += 1
            worst = max(worst, err)
            if not ok: return False, f'seed {seed} {p}/{e}: {why} err={err:.2e}', worst, n
    return True, '', worst, n

DIMS = dict(m=3, n=4, k=2, p=5, q=6, d=5, h=4, r=2)
def prepare(case, answer=None):
    """A row of matrix.json in the form the checks use; `answer` replaces its expected LaTeX."""
    c = dict(case)
    if answer is not None: c['expected_latex'] = answer
    c['_domain'] = case.get('domain') or {}; c['_dims'] = dict(case.get('dims_checked') or {})
    fs = case.get('abstract_functions') or []
    c['_funcs'] = fs[0] if fs else None; c['_dir'] = case.get('direction')
    c['_T'] = c['_dims'].get('T'); w = case.get('where'); c['_where'] = tuple(w['t']) if w else None; c['_fam'] = None
    if case['kind'] == 'graph':
        c['_defs'] = [tuple(x.strip() for x in d.split('=', 1)) for d in case['definitions']]
        c['_target'] = case['latex_expression'].split('=')[0].strip()
    return c

if __name__ == '__main__':
    import json, sys, pathlib
    cases = json.load(open(pathlib.Path(__file__).parent.parent / 'test' / 'cases' / 'matrix.json'))
    arguments = [a for a in sys.argv[1:] if not a.startswith('--')]
    ours = json.load(open(arguments[0])) if arguments else {case['id']: case['expected_latex'] for case in cases}
    spoiled = '--spoiled' in sys.argv
    good = bad = 0
    for case in cases:
        if case['id'] not in ours: continue
        for answer in [spoil(ours[case['id']], how) for how in ('-', '2')] if spoiled else [ours[case['id']]]:
            try: ok, why, *_ = run(prepare(case, answer))
            except Exception as ex: ok, why = False, f'{type(ex).__name__}: {ex}'
            good += ok; bad += not ok
            if ok == spoiled: print('NOT NOTICED' if spoiled else 'FAIL', case['id'], why)
    print(f'{good} right, {bad} wrong or not evaluable, of {len(cases)} cases')
    sys.exit(1 if (good if spoiled else bad) else 0)
