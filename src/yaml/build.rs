//! From the parser's events to nodes.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, Tag, options,
};

use super::scalar::{Scalar, Style};
use super::{Document, Kind, Node, NodeId, Pair};
use crate::source::{FileId, Span};

/// The deepest nesting of collections that is read, of each of both styles.
pub(super) const MAX_NESTING: usize = 200;

/// What one run of the parser gave.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) nodes: Vec<Node>,
    pub(super) documents: Vec<Document>,
    pub(super) comments: Vec<Span>,
    /// The aliases without an anchor.
    pub(super) unresolved: Vec<Span>,
    /// Where the parser gave up, if it did.
    pub(super) stop: Option<Stop>,
}

/// Where and why the parser gave up, and what it had read last.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) kind: ErrorKind,
    pub(super) at: usize,
    /// The scalar that it read last.
    pub(super) last_scalar: Option<Range<usize>>,
    /// Where the innermost `[` or `{` that is still open stands.
    pub(super) open_bracket: Option<usize>,
}

/// Reads `text`, up to the first error.
pub(super) fn build(file: FileId, text: &str) -> Built {
    let mut builder = Builder {
        file,
        text,
        built: Built::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
        document: Span::new(file, 0..0),
        last_scalar: None,
    };
    for event in Parser::new_from_str_with_options(text, parser_options()) {
        match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => {
                builder.stop(&error);
                break;
            }
        }
    }
    builder.built
}

fn parser_options() -> Options {
    options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_NESTING,
        block_nesting_limit: MAX_NESTING,
        // By default, 97 lines of comments in a row would be a syntax error, and so
        // would a key of more than 1024 letters.
        max_buffered_comment_events: usize::MAX,
        simple_key_max_lookahead: usize::MAX,
    }
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    built: Built,
    /// The collections that are still open, outermost first.
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    document: Span,
    last_scalar: Option<Range<usize>>,
}

struct Open {
    node: NodeId,
    style: StructureStyle,
    /// The key whose value comes next.
    key: Option<NodeId>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) {
        let span = self.place(span);
        match event {
            Event::DocumentStart(is_explicit, _) => {
                let end = if is_explicit { span.end } else { span.start };
                self.document = Span { end, ..span };
            }
            Event::Comment(..) => self.built.comments.push(span),
            Event::Scalar(text, style, anchor, tag) => {
                let is_absent = style == ScalarStyle::Plain && span.start == span.end;
                if !is_absent {
                    self.last_scalar = Some(span.range());
                }
                let scalar = Scalar {
                    text: if is_absent { "".into() } else { text.into() },
                    style: if is_absent { Style::Absent } else { of(style) },
                    tag: tag.as_deref().and_then(core_type),
                };
                self.add(self.without_line_break(span), Kind::Scalar(scalar), anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                let span = self.with_dash(span);
                let node = self.add(span, Kind::Sequence(Vec::new()), anchor);
                self.open(node, style);
            }
            Event::MappingStart(style, anchor, _) => {
                let node = self.add(span, Kind::Mapping(Vec::new()), anchor);
                self.open(node, style);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor).copied();
                let kind = target.map_or(Kind::Unresolved, Kind::Alias);
                self.add(span, kind, 0);
            }
            Event::UnresolvedAlias(_) => {
                self.built.unresolved.push(span);
                self.add(span, Kind::Unresolved, 0);
            }
            // Streams and the ends of documents say nothing new.
            _ => {}
        }
    }

    fn stop(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len());
        // A pair in a list, `[a: b]`, is a flow mapping without a bracket.
        let starts = self.open.iter().rev();
        let mut starts = starts.map(|it| self.span(it.node).start as usize);
        let open_bracket =
            starts.find(|at| matches!(self.text.as_bytes().get(*at), Some(b'[' | b'{')));
        // What is open ends here; a key without its value is not known to have none.
        while !self.open.is_empty() {
            self.close(u32::try_from(at).unwrap_or(u32::MAX));
        }
        self.built.stop = Some(Stop {
            kind: error.kind().clone(),
            at: at.min(self.text.len()),
            last_scalar: self.last_scalar.take(),
            open_bracket,
        });
    }

    fn add(&mut self, span: Span, kind: Kind, anchor: usize) -> NodeId {
        // A file is at most 8 MiB long, and every node takes a byte of it or
        // follows a `:` or `-`.
        let id = NodeId(u32::try_from(self.built.nodes.len()).unwrap_or(u32::MAX));
        self.built.nodes.push(Node { span, kind });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        let Some(parent) = self.open.last_mut() else {
            let start = self.document;
            self.built.documents.push(Document { root: id, start });
            return id;
        };
        match &mut self.built.nodes[parent.node.0 as usize].kind {
            Kind::Sequence(items) => items.push(id),
            Kind::Mapping(pairs) => match parent.key.take() {
                None => parent.key = Some(id),
                Some(key) => pairs.push(Pair { key, value: id }),
            },
            Kind::Scalar(_) | Kind::Alias(_) | Kind::Unresolved => {}
        }
        id
    }

    fn open(&mut self, node: NodeId, style: StructureStyle) {
        self.open.push(Open {
            node,
            style,
            key: None,
        });
    }

    /// Ends the innermost collection. One in brackets ends with its bracket, one
    /// without where its last value does.
    fn close(&mut self, bracket_end: u32) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        let last = match &self.built.nodes[closed.node.0 as usize].kind {
            Kind::Sequence(items) => items.last().copied(),
            Kind::Mapping(pairs) => pairs.last().map(|pair| pair.value),
            _ => None,
        };
        let end = match (closed.style, last) {
            (StructureStyle::Flow, _) => bracket_end,
            (StructureStyle::Block, Some(last)) => self.span(last).end,
            (StructureStyle::Block, None) => 0,
        };
        let span = &mut self.built.nodes[closed.node.0 as usize].span;
        span.end = end.max(span.start);
    }

    fn span(&self, id: NodeId) -> Span {
        self.built.nodes[id.0 as usize].span
    }

    fn place(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(self.file, range)
    }

    /// A list that is not indented below its key is said to begin behind its `-`.
    fn with_dash(&self, span: Span) -> Span {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let is_at_entry = !self.text[before.len()..].starts_with(['-', '[']);
        match before.trim_end_matches([' ', '\t']).strip_suffix('-') {
            Some(before) if is_at_entry => Span::new(span.file, before.len()..span.end as usize),
            _ => span,
        }
    }

    /// A block scalar reaches to the next line that is not blank; a place does not.
    fn without_line_break(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        let kept = text.trim_end_matches(['\n', '\r', ' ']).len();
        Span::new(span.file, span.range().start..span.range().start + kept)
    }
}

fn of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

/// The name of a type of YAML itself; other tags say nothing about a value here.
fn core_type(tag: &Tag) -> Option<Box<str>> {
    tag.core_suffix().map(Into::into)
}
