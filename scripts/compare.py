"""Puts the public derivatives of test/cases/matrix.json to SymPy, and writes them out entry by entry for scalar tools.

    python3 scripts/compare.py sympy         JSON: {"id": {"verdict": ..., "milliseconds": ..., "why": ...}}
    python3 scripts/compare.py components    JSON: {"id": {"f": [...], "wrt": [[...]], "values": {...}, "direction": [...]}}

SymPy gets matrix expressions over symbolic sizes (MatrixSymbol, Trace, Determinant, HadamardProduct, applyfunc, with tanh for
the abstract function) and `expression.diff(X)`; the result is evaluated at random points beside the published answer. Jacobians
count in either layout. Scalar tools get every entry at sizes of two, powers at the exponents of dims_checked.
Needs NumPy and SymPy (Debian: python3-numpy, python3-sympy)."""
import json, pathlib, signal, sys, time, warnings
import numpy as np, sympy as sp
warnings.simplefilter('ignore')
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import evaluate_latex as E

CASES = json.load(open(pathlib.Path(__file__).parent.parent / 'test' / 'cases' / 'matrix.json'))
numeric_ev = E.ev

class TooLong(Exception): pass
def limited(seconds, f):
    def stop(*_): raise TooLong('no answer in time')
    signal.signal(signal.SIGALRM, stop); signal.alarm(seconds)
    try: return f()
    finally: signal.alarm(0)

# ---- matrix expressions of SymPy
FUNCTIONS = {'log': sp.log, 'exp': sp.exp, 'sin': sp.sin, 'cos': sp.cos, 'tan': sp.tan, 'tanh': sp.tanh, 'phi': sp.tanh, 'sign': sp.sign,
             'sigma': lambda x: 1/(1+sp.exp(-x)), 'relu': lambda x: sp.Max(x, 0), 'abs': sp.Abs}
def is_matrix(v): return isinstance(v, sp.MatrixExpr)
def is_one(v): return is_matrix(v) and v.shape == (1, 1)
def scalar(v): return sp.Trace(v) if is_one(v) else v
WAYS = {'a matrix of one entry': lambda v: v, 'its trace': scalar, 'its entry': lambda v: v[0, 0] if is_one(v) else v}
def applied(name, v):
    if not is_matrix(v): return FUNCTIONS[name](v)
    x = sp.Dummy('x'); return v.applyfunc(sp.Lambda(x, FUNCTIONS[name](x)))

class Expression(E.P):
    """The LaTeX of a case as an expression of SymPy."""
    def sub(self, toks):
        p = Expression.__new__(Expression); p.t = list(toks); p.i = 0; p.e = self.e; p.src = self.src; p.innorm = False
        v = p.expr()
        if p.pk() is not None: raise SyntaxError('trailing ' + str(p.t[p.i:]))
        return v
    def add(self, a, b): return a + b if is_matrix(a) == is_matrix(b) else scalar(a) + scalar(b)
    def term(self):
        v = self.prod()
        while self.pk() in (r'\odot', r'\oslash', r'\otimes'):
            op = self.nx(); r = self.prod()
            v = sp.HadamardProduct(v, r) if op == r'\odot' else sp.KroneckerProduct(v, r) if op == r'\otimes' else sp.HadamardProduct(v, sp.HadamardPower(r, -1))
        return v
    def mul(self, a, b):
        if is_matrix(a) and is_matrix(b) and a.shape[1] != b.shape[0]: a, b = (scalar(a), b) if is_one(a) else (a, scalar(b))
        return a*b
    def power(self, v, raw):
        s = ''.join(raw)
        if s == r'\top': return v.T if is_matrix(v) else v
        if s == '-' + r'\top': return v.I.T
        if raw[0] == r'\odot': return sp.HadamardPower(v, self.sub(raw[1:]))
        return (scalar(v) if self.e.idx.get('trace') else v)**self.sub(raw)
    def apply(self, name, order=0):
        if self.pk() == '^': raise NotImplementedError('power of a function')
        return applied(name, self.arg())
    def base(self):
        t = self.pk()
        if t and t[0].isdigit(): self.nx(); return sp.Rational(t)
        if t == r'\|':
            self.nx(); sv = self.innorm; self.innorm = True; v = self.expr(); self.innorm = sv; self.ex(r'\|'); kind = '2'
            if self.pk() == '_': self.nx(); kind = ''.join(self.rawgroup())
            if kind == '1': return (sp.OneMatrix(1, v.shape[0]) * applied('abs', v) * sp.OneMatrix(v.shape[1], 1))
            return sp.sqrt(sp.Trace(v.T * v))
        if t == r'\sqrt': self.nx(); return sp.sqrt(scalar(self.group()))
        if t == r'\det': self.nx(); return sp.Determinant(self.arg())
        if t == r'\mathbf': self.nx(); self.rawgroup(); self.ex('_'); return sp.OneMatrix(self.dim(self.rawgroup()), 1)
        if t in (r'\sum', r'\prod'): raise NotImplementedError('a sum over a family or of matrix powers')
        return super().base()
    def opname(self, nm):
        if nm == 'tr':
            v = self.arg(); return sp.Trace(v) if is_matrix(v) else v
        if nm == 'diag': return sp.DiagMatrix(self.arg())
        if nm == 'softmax':
            e = applied('exp', self.arg()); return e * (1/scalar(sp.OneMatrix(1, e.shape[0])*e))
        if nm in FUNCTIONS: return self.apply(nm)
        raise NotImplementedError(nm)
    def ident(self):
        E.float = lambda x: x
        try: return super().ident()
        finally: del E.float
    def dim(self, raw): return self.e.d[''.join(raw)]
    def frac(self):
        self.nx(); n = self.sub(self.rawgroup()); d = self.sub(self.rawgroup()); return n * (1/scalar(d))

def value(node, v, d):
    """A result of SymPy as a number or an array."""
    go = lambda x: value(x, v, d)
    size = lambda x: int(sp.sympify(x).subs(d))
    A = node.args
    if isinstance(node, sp.MatrixSymbol): return v[node.name]
    if isinstance(node, sp.Symbol): return v[node.name] if node.name in v else float(d[node])
    if isinstance(node, sp.Identity): return np.eye(size(node.shape[0]))
    if isinstance(node, (sp.OneMatrix, sp.ZeroMatrix)):
        return (np.ones if isinstance(node, sp.OneMatrix) else np.zeros)(tuple(size(s) for s in node.shape))
    if isinstance(node, sp.MatrixBase): return np.array([[float(go(x)) for x in row] for row in node.tolist()])
    if isinstance(node, sp.Transpose): return go(A[0]).T
    if isinstance(node, sp.Inverse): return np.linalg.inv(go(A[0]))
    if isinstance(node, (sp.MatAdd, sp.Add)) or type(node).__name__ == 'ArrayAdd': return sum(go(x) for x in A[1:]) + go(A[0])
    if isinstance(node, sp.MatMul):
        out = 1.0
        for x in map(go, A): out = out*x if np.ndim(out) == 0 or np.ndim(x) == 0 else out @ x
        return out
    if isinstance(node, sp.HadamardProduct): return np.prod([go(x) for x in A], axis=0)
    if isinstance(node, sp.HadamardPower): return go(A[0])**go(A[1])
    if isinstance(node, sp.KroneckerProduct): return np.kron(go(A[0]), go(A[1]))
    if isinstance(node, sp.MatPow): return np.linalg.matrix_power(go(A[0]), int(go(A[1])))
    if isinstance(node, sp.Trace): return float(np.trace(go(A[0])))
    if isinstance(node, sp.Determinant): return float(np.linalg.det(go(A[0])))
    if isinstance(node, (sp.DiagMatrix,)): return np.diag(go(A[0])[:, 0])
    name = type(node).__name__
    if name == 'DiagonalMatrix': return np.diag(np.diag(go(A[0])))
    if name == 'DiagonalOf': return np.diag(go(A[0])).reshape(-1, 1)
    if name == 'ElementwiseApplyFunction':
        x = sp.Dummy('x'); f = sp.lambdify(x, node.function(x).doit(), 'numpy'); a = go(node.expr); return np.vectorize(lambda t: float(f(t)))(a)
    if name == 'MatrixElement': return float(go(A[0])[size(A[1]), size(A[2])])
    if name == 'ArrayTensorProduct':
        out = np.array(1.0)
        for x in A: out = np.multiply.outer(out, go(x))
        return out
    if name == 'PermuteDims': return np.transpose(go(A[0]), [int(p) for p in A[1].array_form])
    if name == 'ArrayContraction':
        a = go(A[0]); letters = list(range(a.ndim))
        for pair in A[1:]:
            for p in pair[1:]: letters[int(p)] = letters[int(pair[0])]
        free = [l for l in letters if letters.count(l) == 1]; return np.einsum(a, letters, free)
    if name == 'ArrayDiagonal':
        a = go(A[0]); letters = list(range(a.ndim)); tied = []
        for pair in A[1:]:
            for p in pair[1:]: letters[int(p)] = letters[int(pair[0])]
            tied.append(letters[int(pair[0])])
        free = [l for l in letters if letters.count(l) == 1]; return np.einsum(a, letters, free + tied)
    if name == 'OneArray': return np.ones(tuple(size(s) for s in node.shape))
    if name == 'ZeroArray': return np.zeros(tuple(size(s) for s in node.shape))
    if isinstance(node, sp.Mul): return np.prod([float(go(x)) for x in A])
    if isinstance(node, sp.Pow): return float(go(A[0]))**float(go(A[1]))
    if node.is_number: return float(node)
    if isinstance(node, sp.Function): return float(node.func(*[sp.Float(go(x)) for x in A]))
    raise NotImplementedError(f'a result with {name}')

def put(case, way):
    sizes = {s: sp.Symbol(s, integer=True, positive=True) for sh in case['shapes'].values() for s in sh if not s.isdigit()}
    for s in case['dims_checked']: sizes.setdefault(s, sp.Symbol(s, integer=True, positive=True))
    vals = {}
    for name, shape in case['shapes'].items():
        key = E.norm_name(name)
        r, c = [sizes[s] if s in sizes else int(s) for s in shape]
        vals[key] = sp.Symbol(key, real=True) if (r, c) == (1, 1) else sp.MatrixSymbol(key, r, c)
        if isinstance(vals[key], sp.MatrixSymbol) or key not in sizes: continue
    dims = {k: s for k, s in sizes.items() if k not in vals}
    expression = Expression(case['latex_expression'], E.Env(vals, {**sizes, **dims}, {'phi': None}))
    if way == 'its trace': expression.e.idx['trace'] = True
    v = expression.expr()
    assert expression.pk() is None
    return v, vals, sizes

def derivative(case, way):
    v, vals, sizes = put(case, way)
    x = vals[E.norm_name(case['wrt'])]
    v = WAYS[way](v)
    if case['kind'] == 'gradient_sym' or case['kind'] == 'gradient_diag': raise NotImplementedError('a matrix with a structure')
    if case['kind'] == 'hessian': return v.diff(x).diff(x), sizes
    if case['kind'] == 'hvp': return v.diff(x).diff(x) * vals[E.norm_name(case['direction'])], sizes
    return v.diff(x), sizes

def forms(found, case, shape):
    """The forms in which a derivative may be right: both layouts of a Jacobian, matrices by their vecs."""
    a = np.asarray(found, float)
    yield a
    if case['kind'] in ('jacobian', 'hessian') and a.ndim == 2: yield a.T
    if a.size == np.prod(shape):
        yield a.reshape(shape)
    if a.ndim == 4:
        for order in ((2, 3, 0, 1), (0, 1, 2, 3)):
            b = np.transpose(a, order); yield np.transpose(b, (1, 0, 3, 2)).reshape(b.shape[0]*b.shape[1], -1)
            if 1 in b.shape: yield b.reshape(b.shape[0]*b.shape[1], -1)

def ask_sympy(case):
    """The best of the ways in which a scalar can be put."""
    if case['kind'] == 'graph': return 'unsupported', 'a system of equations over a horizon'
    answers = []
    for way in WAYS:
        answers.append(ask_one_way(case, way))
        if answers[-1][0] == 'right': return answers[-1]
    return answers[0]

def ask_one_way(case, way):
    try: found, sizes = limited(20, lambda: derivative(case, way))
    except TooLong as e: return 'unsupported', str(e)
    except Exception as e: return 'unsupported', f'{type(e).__name__}: {e}'[:150]
    if 'Derivative' in {type(n).__name__ for n in sp.preorder_traversal(found)} or 'ArrayDerivative' in {type(n).__name__ for n in sp.preorder_traversal(found)}:
        return 'unsupported', 'the derivative is left unevaluated'
    p = E.prepare(case); right = []
    for seed in (1, 2, 3):
        dims = {**E.DIMS, 'T': 5, **p['_dims']}
        vals, fams = E.mkvals(p, np.random.default_rng(seed), dims)
        funcs = {'phi': E.PHIS['tanh']} if p['_funcs'] == 'phi' else {}
        want = np.atleast_2d(np.asarray(numeric_ev(case['expected_latex'], E.Env(vals, {k: x for k, x in dims.items() if k not in vals}, funcs, fams)), float))
        try: got = limited(20, lambda: value(found, vals, {s: dims[k] for k, s in sizes.items()}))
        except Exception as e: return 'unsupported', f'the result is not evaluable: {type(e).__name__}: {e}'[:150]
        tries = [np.atleast_2d(f) for f in forms(got, case, want.shape)]
        right.append(any(f.shape == want.shape and E.close(f, want, 1e-6)[0] for f in tries))
        if not right[-1] and not np.any(np.asarray(got)) and np.any(want): return 'silent zero', ''
    return ('right', '') if all(right) else ('wrong', str(found)[:150])

def run_sympy():
    out = {}
    for case in CASES:
        start = time.perf_counter(); verdict, why = ask_sympy(case)
        out[case['id']] = {'verdict': verdict, 'why': why, 'milliseconds': 1000*(time.perf_counter()-start)}
    return out

# ---- entry by entry
class Entries:
    """NumPy for arrays of SymPy expressions."""
    def __getattr__(self, name): return getattr(np, name)
    class linalg:
        inv = staticmethod(lambda a: np.array(sp.Matrix(a).inv(method='ADJ').tolist(), dtype=object))
        det = staticmethod(lambda a: sp.Matrix(a).det(method='berkowitz'))
        matrix_power = staticmethod(lambda a, k: np.linalg.matrix_power(a, k) if k >= 0 else np.linalg.matrix_power(Entries.linalg.inv(a), -k))
    abs = staticmethod(lambda a: np.vectorize(sp.Abs, otypes=[object])(a))
    sqrt = staticmethod(lambda a: sp.sqrt(a))
    ones = staticmethod(lambda s: np.full(s, sp.Integer(1), dtype=object))
    eye = staticmethod(lambda n: np.array(sp.eye(n).tolist(), dtype=object))
    sum = staticmethod(lambda a: np.asarray(a).sum())
    asarray = staticmethod(np.asarray)

def components(case):
    if case['kind'] == 'graph': return None
    each = lambda f: (lambda x: np.vectorize(f, otypes=[object])(x) if isinstance(x, np.ndarray) else f(x))
    E.np = Entries(); E.float = lambda x: x if isinstance(x, sp.Basic) else float(x)
    E.norm = lambda v: v[0, 0] if isinstance(v, np.ndarray) and v.shape == (1, 1) else v
    E.FUN = {name: (each(f), None) for name, f in FUNCTIONS.items()}
    def softmax(self, nm):
        if nm not in ('softmax', 'rowsoftmax'): return plain(self, nm)
        e = each(sp.exp)(self.arg()); return e/e.sum() if nm == 'softmax' else e/e.sum(1, keepdims=True)
    plain, E.P.opname = E.P.opname, softmax
    try:
        p = E.prepare(case); dims = {k: 2 for k in E.DIMS}
        for k, x in case['dims_checked'].items():
            if k not in {s for sh in case['shapes'].values() for s in sh}: dims[k] = x
        dims.setdefault('T', 3); rng = np.random.default_rng(7)
        drawn, fams = E.mkvals({**p, '_domain': {k: v for k, v in p['_domain'].items()}}, rng, dims)
        values, symbols = {}, {}
        for key, x in drawn.items():
            def entry(i, j, number, key=key):
                if p['kind'] == 'gradient_sym' and key == E.norm_name(case['wrt']): i, j = min(i, j), max(i, j)
                if p['_domain'].get(key) == 'diag' and i != j: return sp.Integer(0)
                s = sp.Symbol('v' + ''.join(c for c in key if c.isalnum()) + f'q{i}q{j}', real=True); values[s.name] = float(number); return s
            symbols[key] = entry(0, 0, x) if not isinstance(x, np.ndarray) else np.array([[entry(i, j, x[i, j]) for j in range(x.shape[1])] for i in range(x.shape[0])], dtype=object)
        funcs = {'phi': (each(sp.tanh),)} if p['_funcs'] == 'phi' else {}
        f = E.ev(case['latex_expression'], E.Env(symbols, {k: x for k, x in dims.items() if k not in symbols}, funcs, fams))
        w = E.norm_name(case['wrt'])
        if w not in symbols: w = w.replace('_', '@')
        flat = lambda a: [a] if not isinstance(a, np.ndarray) else list(a.reshape(-1))
        texts = [str(sp.sympify(x)).replace('**', '^').replace('Max(', 'max(').replace('Abs(', 'abs(') for x in flat(f)]
        direction = [str(x) for x in flat(symbols[E.norm_name(case['direction'])])] if case.get('direction') else []
        return {'f': texts, 'latex': [sp.latex(sp.sympify(x), ln_notation=True) for x in flat(f)],
                'wrt': sorted({str(x) for x in flat(symbols[w]) if x != 0}), 'values': values, 'direction': direction, 'order': 2 if case['kind'] in ('hessian', 'hvp') else 1}
    finally:
        E.P.opname = plain
        del E.float

if __name__ == '__main__':
    if sys.argv[1:] == ['sympy']: print(json.dumps(run_sympy()))
    else:
        out = {}
        for case in CASES:
            try: out[case['id']] = limited(20, lambda: components(case))
            except Exception as e: out[case['id']] = {'why': f'{type(e).__name__}: {e}'[:150]}
        print(json.dumps(out))
