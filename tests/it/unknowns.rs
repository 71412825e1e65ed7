//! Whatever a script does with values that are only known at run time, it is no
//! mistake.

use std::fmt::Write as _;

use raftt_config::{MemorySources, Options, Severity, analyze};

/// Where unknown values come from.
const SOURCES: &[&str] = &[
    "get_env_id()",
    "local.config_args",
    "get_secret(\"token\")",
    "fs.File(\"missing.txt\").read_text()",
    "namespace_resources().deployments[\"web\"].metadata.labels[\"a\"]",
    "namespace_resources().deployments[\"web\"].spec.template.spec.containers[0].image",
    "clone_repo_branch(\"https://example.com/a\", \"main\").branch",
    "json.decode(local.config_args)",
];

/// What is done with two of them, `A` and `B`.
const STEPS: &[&str] = &[
    "A + B",
    "A + \"x\"",
    "\"x\" + A",
    "A - B",
    "A * 2",
    "2 * A",
    "A / 3",
    "A // B",
    "A % B",
    "\"%s-%s\" % (A, B)",
    "\"%s\" % A",
    "A | B",
    "A & B",
    "A ^ B",
    "A << 1",
    "A >> B",
    "-A",
    "+A",
    "~A",
    "not A",
    "A == B",
    "A != \"x\"",
    "A < B",
    "1 <= A",
    "A > \"x\"",
    "A in B",
    "\"x\" in A",
    "A in [\"x\"]",
    "A not in \"text\"",
    "A in {}",
    "A and B",
    "A or B",
    "1 if A else B",
    "A if B else 2",
    "A.name",
    "A.name.other",
    "A[0]",
    "A[B]",
    "A[\"key\"]",
    "A[1:]",
    "A[:B]",
    "A[::2]",
    "[1, 2][A:]",
    "\"text\"[A]",
    "{\"x\": 1}[A]",
    "{A: B}",
    "[A, B]",
    "(A, B)",
    "[A, B][A]",
    "A()",
    "A(B, c = 1)",
    "A(*B, **A)",
    "A.method(B).more()",
    "len(A)",
    "str(A)",
    "repr(A)",
    "int(A)",
    "float(A)",
    "bool(A)",
    "list(A)",
    "tuple(A)",
    "sorted(A)",
    "sorted([A, B])",
    "reversed(A)",
    "enumerate(A)",
    "zip(A, B)",
    "range(A)",
    "min(A, B)",
    "max([A])",
    "any(A)",
    "all([A])",
    "abs(A)",
    "type(A)",
    "dir(A)",
    "hash(A)",
    "hasattr(A, \"x\")",
    "getattr(A, \"x\", 1)",
    "dict(A)",
    "dict(a = A, **B)",
    "set([A])",
    "struct(a = A).a",
    "A.split(B)",
    "\",\".join(A)",
    "\",\".join([A, \"x\"])",
    "\"{} {b}\".format(A, b = B)",
    "\"a,b\".split(A)",
    "\"text\".replace(A, B)",
    "\"text\".startswith(A)",
    "\"text\".find(A)",
    "\"text\".strip(A)",
    "\"text\".count(A)",
    "[x for x in A]",
    "[x + y for x, y in A]",
    "{k: v for k, v in A}",
    "[x for x in [1] if A]",
    "[x for (x, (y, z)) in A]",
    "(lambda x: x + A)(B)",
    "[1].index(A)",
    "{}.get(A, B)",
    "base64.encode(A)",
    "hash_module.sha256(A)",
    "json.encode([A])",
    "yaml.loads(A)",
    "k8s.EnvVar(name = A, value = B)",
    "build_image(A, B)",
    "volume(A)",
];

/// Statements with them.
const STATEMENTS: &[&str] = &[
    "for x in A:\n        print(x)",
    "for x, (y, z) in A:\n        print(x, y, z)",
    "if A:\n        print(B)",
    "if A == B:\n        print(A)\n    else:\n        print(B)",
    "a, b = A",
    "(a, (b, c)), d = A, B",
    "[a, b] = A",
    "x = A\n    x += B",
    "x = [A]\n    x += B",
    "x = [1]\n    x[0] = A",
    "x = {}\n    x[A] = B",
    "x = [1]\n    x.extend(A)",
    "x = [1]\n    x.insert(0, A)",
    "x = {}\n    x.update([(\"a\", A)])",
    "A.field = B",
    "A[\"key\"] = B",
    "A.field.other += B",
    "resources.deployments[A].spec.replicas = B",
    "resources.deployments[\"web\"].spec.template.spec.containers[0].args = A",
    "resources.deployments[\"web\"].spec.template.spec.containers[0].args.append(A)",
    "resources.deployments[\"web\"].spec.template.spec.containers.extend(A)",
    "resources.deployments[\"web\"].metadata.annotations[A] = B",
    "resources.deployments[\"web\"].add_env_vars({\"A\": A})",
    "resources.deployments[\"web\"].mount(repo_volume(), A)",
    "resources.deployments[\"web\"].map_port(local = A, remote = B)",
    "register_hook(on = A, do = B)",
    "deploy(A)",
];

#[test]
fn no_sequence_of_operations_on_unknown_values_is_a_mistake() {
    let mut random = Random(42);
    for round in 0..150 {
        let script = script(&mut random);
        let sources = MemorySources::default()
            .with("env.raftt", script.as_str())
            .with(
                "raftt.yml",
                "envDefinition: env.raftt\nenvLifecycleHooks: hooks.raftt\nsecrets:\n  token:\n    inputcommand: cat token\n",
            )
            .with("hooks.raftt", "");
        let analysis = analyze(&sources, &Options::default());
        let mistakes: Vec<_> = analysis
            .diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .map(|it| {
                let line = analysis
                    .sources
                    .file(it.span.file)
                    .position(it.span.range().start);
                format!("line {}: {}", line.line, it.message)
            })
            .collect();
        assert!(analysis.script.is_complete, "round {round}\n{script}");
        assert!(
            mistakes.is_empty(),
            "round {round}: {mistakes:#?}\n{script}"
        );
    }
}

/// A script of a few dozen steps, each on values that the earlier ones gave.
fn script(random: &mut Random) -> String {
    let mut script = String::from(
        "load(\"filesystem.star\", \"fs\")\nload(\"encoding/json.star\", \"json\")\n\
         load(\"encoding/yaml.star\", \"yaml\")\nload(\"encoding/base64.star\", \"base64\")\n\
         load(\"hash.star\", hash_module = \"hash\")\n\
         def run(resources):\n",
    );
    let mut names: Vec<String> = Vec::new();
    for (index, source) in SOURCES.iter().enumerate() {
        names.push(format!("u{index}"));
        let _ = writeln!(script, "    u{index} = {source}");
    }
    for index in 0..25 {
        let (a, b) = (random.pick(&names).clone(), random.pick(&names).clone());
        let fill = |text: &str| {
            let mut filled = String::new();
            let letters: Vec<char> = text.chars().collect();
            for (at, letter) in letters.iter().enumerate() {
                let is_in_word = |at: Option<&char>| {
                    at.is_some_and(|it| it.is_alphanumeric() || *it == '_' || *it == '"')
                };
                let is_alone = !is_in_word(at.checked_sub(1).and_then(|at| letters.get(at)))
                    && !is_in_word(letters.get(at + 1));
                match letter {
                    'A' if is_alone => filled.push_str(&a),
                    'B' if is_alone => filled.push_str(&b),
                    _ => filled.push(*letter),
                }
            }
            filled
        };
        if random.next().is_multiple_of(4) {
            let _ = writeln!(script, "    {}", fill(random.pick::<&str>(STATEMENTS)));
        } else {
            let _ = writeln!(
                script,
                "    v{index} = {}",
                fill(random.pick::<&str>(STEPS))
            );
            // What is made of unknown values may be known: `type(u)` is.
            if script.ends_with("()\n") {
                names.push(format!("v{index}"));
            }
        }
    }
    script.push_str("\nrun(namespace_resources())\n");
    script
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn pick<'p, T>(&mut self, all: &'p [T]) -> &'p T {
        let index = usize::try_from(self.next()).unwrap_or(0) % all.len();
        &all[index]
    }
}
