//! How diagnostics look, in `testdata/render/`.

use std::panic::catch_unwind;

use raftt_config::render::{
    Checked, Report, Terminal, checkstyle, concise, full, github, gitlab, json, json_lines, junit,
    plain, rdjson, sarif,
};
use raftt_config::{
    Analysis, FileId, Frame, MemorySources, Options, Rule, Safety, Severity, SourceMap, Span,
    analyze,
};

use crate::golden::{self, check_all, repository};

#[test]
fn diagnostics_look_as_they_should() {
    check_all("renderings", renderings(), |(name, width, project)| {
        let terminal = Terminal {
            width: *width,
            ..Terminal::PLAIN
        };
        let projects = [project.clone()];
        let text = full(&Report::new(&projects), terminal);
        if let Some(line) = text.lines().find(|it| it.chars().count() > *width) {
            return Err(format!("wider than {width}: {line}"));
        }
        golden::check(&repository(&format!("testdata/render/{name}.txt")), &text)
    });
}

#[test]
fn colors_change_nothing_but_colors() {
    for (name, (_, width, project)) in renderings() {
        let projects = [project];
        let report = Report::new(&projects);
        let plain = full(
            &report,
            Terminal {
                width,
                ..Terminal::PLAIN
            },
        );
        let colored = full(
            &report,
            Terminal {
                width,
                has_color: true,
                ..Terminal::PLAIN
            },
        );
        assert_ne!(plain, colored, "{name}");
        assert_eq!(plain, without_colors(&colored), "{name}");
    }
}

#[test]
fn any_span_can_be_shown() {
    let texts = [
        "",
        "\n",
        "\r\n",
        "a",
        "a\n",
        "ä世\u{200d}\n\n\tb",
        "\u{feff}x\r\n\r\ny",
        "\u{1b}[31m\n",
    ];
    for text in texts {
        for start in 0..=text.len() + 2 {
            for end in start..=text.len() + 2 {
                let shown = catch_unwind(|| {
                    let (mut analysis, file) = project("env.raftt", text);
                    let span = Span::new(file, start..end);
                    let diagnostic = rule().at(span, "wrong").label("here").also(span, "there");
                    analysis.diagnostics = vec![diagnostic];
                    show_all(analysis)
                });
                let shown = shown.unwrap_or_else(|_| panic!("{text:?} {start}..{end}"));
                assert!(!shown.contains('\u{1b}'));
            }
        }
    }
}

#[test]
fn a_megabyte_on_one_line_is_shown_at_once() {
    let text = format!("x = [{}]", "\"世界\\t\", ".repeat(100_000));
    let (mut analysis, file) = project("env.raftt", &text);
    let starts = text.match_indices('"').map(|it| it.0).step_by(200);
    let spans = starts.map(|start| Span::new(file, start..start + 10));
    analysis.diagnostics = spans
        .map(|span| rule().at(span, "wrong").label("here"))
        .collect();
    let start = std::time::Instant::now();
    assert!(show_all(analysis).lines().count() > 4000);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

fn show_all(analysis: Analysis) -> String {
    let projects = [checked(analysis)];
    let report = Report::new(&projects);
    let narrow = Terminal {
        width: 1,
        has_color: false,
        has_unicode: false,
    };
    [
        full(&report, Terminal::PLAIN),
        full(&report, narrow),
        concise(&report, false),
        json(&report),
    ]
    .into_iter()
    .chain(FORMATS.iter().map(|(_, render)| render(&report)))
    .collect()
}

/// The file of each format for programs in `testdata/render/formats/`.
#[expect(clippy::type_complexity, reason = "a table")]
const FORMATS: &[(&str, fn(&Report<'_>) -> String)] = &[
    ("checkstyle.xml", checkstyle),
    ("github.txt", github),
    ("gitlab.json", gitlab),
    ("junit.xml", junit),
    ("lines.jsonl", json_lines),
    ("plain.txt", plain),
    ("rdjson.json", rdjson),
    ("sarif.json", sarif),
];

#[test]
fn every_format_for_programs_is_as_it_should_be() {
    let text = "load(\"<a> & \\\"b\\\"\", \"c\")\nhosts = [\"https://exämple.com\"]\n\
                x = \"🦀\" + ghost  # raftt: ignore[undefined-name] it is 🦀\nx = \"🦀\" + spirit\n\
                def f(x):\n    return x.registry + \"%\\n\"\nf(events)\n\
                configure_cred_helper(\"ecr\", hosts)\n";
    let mut options = Options::default();
    options.script = Some("env file.raftt".to_owned());
    let sources = MemorySources::default().with("env file.raftt", text);
    let projects = [checked(analyze(&sources, &options))];
    let report = Report::new(&projects);
    assert!(
        report
            .items
            .iter()
            .any(|it| !it.diagnostic.trace.is_empty())
    );
    assert!(report.items.iter().any(|it| it.diagnostic.fix.is_some()));
    for (name, render) in FORMATS {
        let path = repository(&format!("testdata/render/formats/{name}"));
        golden::check(&path, &render(&report)).unwrap_or_else(|problem| panic!("{problem}"));
    }
}

/// Name, terminal width and project of each file in `testdata/render/`.
fn renderings() -> Vec<(String, (&'static str, usize, Checked))> {
    let hosts = "hosts = [\"https://123456789012.dkr.ecr.us-east-1.amazonaws.com\"]\n\
                 configure_cred_helper(\n    provider = \"ecr\",\n    registries = hosts,\n)\n";
    let mut all: Vec<(&'static str, usize, Analysis)> = Vec::new();

    let (mut analysis, file) = project("env.raftt", hosts);
    let message = "registry `https://123456789012.dkr.ecr.us-east-1.amazonaws.com` has a scheme";
    let scheme = rule()
        .at(find(hosts, file, "hosts,", 5), message)
        .label("this list holds it")
        .also(
            find(hosts, file, "\"https", 54),
            "the value is decided here",
        )
        .help("write the host only: `123456789012.dkr.ecr.us-east-1.amazonaws.com`")
        .fix(
            Safety::Unsafe,
            "remove the scheme",
            find(hosts, file, "https://", 8),
            "",
        );
    analysis.diagnostics = vec![scheme];
    all.push(("two-labels", 100, analysis.clone()));
    all.push(("narrow", 40, analysis));

    let yaml = "envDefinition: env.raftt\nhost: admiral.example.raftt.io\n";
    let (mut analysis, file) = project("env.raftt", hosts);
    let project_file = analysis.sources.add("raftt.yml", yaml);
    analysis.diagnostics = vec![
        rule()
            .at(
                find(hosts, file, "configure", 9),
                "the helper has no service account",
            )
            .also(
                find(yaml, project_file, "host", 4),
                "connect mode is off here",
            )
            .severity(Severity::Warning)
            .help("set `host: direct`"),
        rule().at(Span::new(project_file, 0..yaml.len()), "all of it is wrong"),
    ];
    all.push(("two-files", 100, analysis));

    let text = "def mirror(host):\n\tconfigure_cred_helper(\"ecr\", [host])\t# タブ\n\nmirror(\"世界.example\")\n";
    let (mut analysis, file) = project("env.raftt", text);
    let call = |function: &str| Frame {
        function: function.to_owned(),
        span: find(text, file, "mirror(\"", 22),
    };
    let wide = rule()
        .at(
            find(text, file, "host]", 4),
            "`世界.example` is no registry host",
        )
        .label("this one");
    let mut afar = wide.clone().severity(Severity::Advice);
    afar.message = "the same, from afar".to_owned();
    analysis.diagnostics = vec![
        wide.trace(&[call("mirror")]),
        afar.trace(&["a", "b", "c", "d"].map(call)),
    ];
    all.push(("calls-tabs-and-wide-characters", 80, analysis));

    let long = format!(
        "x = [{}\"bad\", {}]\n",
        "\"good\", ".repeat(40),
        "\"good\", ".repeat(40)
    );
    let (mut analysis, file) = project("env.raftt", &long);
    analysis.diagnostics = vec![
        rule()
            .at(find(&long, file, "\"bad\"", 5), "one element is bad")
            .label("this one has words that do not fit beside each other on a narrow terminal")
            .also(Span::new(file, 0..1), "the list is bound here"),
    ];
    all.push(("long-line", 60, analysis));

    let active = "x = \"\u{1b}[31mred\u{7}\u{200b}\u{202e}\"\n";
    let (mut analysis, file) = project("env.raftt", active);
    let hostile = rule()
        .at(find(active, file, "\"", 9), "`\u{1b}[2J` is\nno host")
        .help("remove `\u{9b}31m`");
    analysis.diagnostics = vec![hostile];
    all.push(("terminal-escapes", 80, analysis));

    let lines = "call(\n    one,\n    two,\n)\n";
    let (mut analysis, file) = project("env.raftt", lines);
    analysis.diagnostics = vec![
        rule()
            .at(Span::new(file, 0..lines.len() - 1), "the call is wrong")
            .label("all of it"),
        rule().at(
            Span::new(file, lines.len()..lines.len()),
            "the file ends too early",
        ),
    ];
    all.push(("many-lines", 80, analysis));

    let checked = |(name, width, analysis)| (String::from(name), (name, width, checked(analysis)));
    all.into_iter().map(checked).collect()
}

/// The rule that everything here is said by; its words do not matter.
fn rule() -> &'static Rule {
    static RULE: Rule = Rule {
        name: "example-rule",
        severity: Severity::Error,
        since: "0.1.0",
        fix: None,
        tag: None,
        needs: None,
        catalogue: &[],
        documentation: "",
    };
    &RULE
}

fn project(path: &str, text: &str) -> (Analysis, FileId) {
    let mut analysis = analyze(&MemorySources::default(), &Options::default());
    analysis.sources = SourceMap::default();
    analysis.diagnostics.clear();
    let file = analysis.sources.add(path, text);
    (analysis, file)
}

fn checked(analysis: Analysis) -> Checked {
    Checked {
        folder: "shop/".to_owned(),
        file: "raftt.yml".to_owned(),
        analysis,
    }
}

fn find(text: &str, file: FileId, part: &str, length: usize) -> Span {
    let start = text.find(part).expect("the part is in the text");
    Span::new(file, start..start + length)
}

fn without_colors(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |it| it.1);
    }
    plain + rest
}
