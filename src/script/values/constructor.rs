//! `k8s.Container` and its like: makes an object of the Kubernetes API from its
//! fields.

use std::fmt;

use allocative::Allocative;
use starlark::eval::{Arguments, Evaluator};
use starlark::starlark_simple_value;
use starlark::values::{
    NoSerialize, ProvidesStaticType, StarlarkPagablePanic, StarlarkValue, Value, starlark_value,
};

use crate::diagnostic::Diagnostic;
use crate::kubernetes::types::ObjectType;
use crate::script::call::{Site, Written, sites};
use crate::script::field_type;
use crate::script::guard;
use crate::script::model::{self, Fields, Part, Slot};
use crate::script::origin;
use crate::script::record::Recorder;
use crate::script::rules::unknown_attribute;
use crate::script::values::{ObjectValue, content};
use crate::source::Span;
use crate::suggest::nearest;

/// The function that makes objects of a type.
#[derive(Clone, Copy, Debug, ProvidesStaticType, NoSerialize, StarlarkPagablePanic, Allocative)]
pub(crate) struct ConstructorValue {
    #[allocative(skip)]
    ty: &'static ObjectType,
}

starlark_simple_value!(ConstructorValue);

impl ConstructorValue {
    pub(crate) fn new(ty: &'static ObjectType) -> Self {
        Self { ty }
    }
}

impl fmt::Display for ConstructorValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<function k8s.{}>", self.ty.short_name())
    }
}

#[starlark_value(type = "function")]
impl<'v> StarlarkValue<'v> for ConstructorValue {
    fn name_for_call_stack(&self, _me: Value<'v>) -> String {
        self.ty.short_name().to_owned()
    }

    fn invoke(
        &self,
        _me: Value<'v>,
        args: &Arguments<'v, '_>,
        eval: &mut Evaluator<'v, '_, '_>,
    ) -> starlark::Result<Value<'v>> {
        guard::check(eval)?;
        let heap = eval.heap();
        let Some(recorder) = Recorder::of(eval) else {
            return Ok(Value::new_none());
        };
        let mut sites = sites(recorder, eval);
        let Some(site) = sites.pop() else {
            return Ok(Value::new_none());
        };
        let call = Construction {
            ty: self.ty,
            recorder,
            written: Written::at(&site),
            site: &site,
            sites: &sites,
        };
        let named = args.names_map()?;
        let mut fields = Fields {
            ty: Some(self.ty),
            fields: Vec::new(),
            is_open: false,
        };
        let trace = recorder.trace(eval);
        for (name, value) in &named {
            let (field, diagnostics) = call.field(name.as_str(), *value);
            for diagnostic in diagnostics {
                recorder.report(diagnostic.trace(&trace));
            }
            if let Some((name, slot)) = field {
                fields.set(&name, slot);
            }
        }
        // What stands without a name is not documented.
        fields.is_open = args.positions(heap)?.next().is_some();
        let what = format!("k8s.{}(…)", self.ty.short_name());
        let from = Some(call.span());
        let id = model::with(|model| model.add_part(what, from, Part::Fields(fields)));
        Ok(heap.alloc(ObjectValue::new(id)))
    }
}

/// One call of a constructor.
struct Construction<'a> {
    ty: &'static ObjectType,
    recorder: &'a Recorder<'a>,
    written: Written<'a>,
    site: &'a Site,
    sites: &'a [Site],
}

impl Construction<'_> {
    fn span(&self) -> Span {
        Span::new(self.site.script.file, self.site.range.clone())
    }

    /// The field that the argument `name` sets, by the API's own name; and what
    /// is wrong with it.
    fn field(
        &self,
        name: &str,
        value: Value<'_>,
    ) -> (Option<(String, Slot)>, Vec<crate::diagnostic::Diagnostic>) {
        let script = &self.site.script;
        let shown = self.written.named.iter().find(|(known, ..)| *known == name);
        let expression = shown.map(|(.., expression)| *expression);
        let at = expression.map_or(self.span(), |it| script.span(it.span));
        let mut diagnostics = Vec::new();
        let field = self.ty.field(name).or_else(|| {
            let known: Vec<String> = self.ty.fields().map(|it| it.snake()).collect();
            let known = || known.iter().map(String::as_str);
            let short = self.ty.short_name();
            let name_at = shown.map_or(at, |(_, at, _)| Span::new(script.file, at.clone()));
            let unknown = unknown_attribute::diagnostic(short, name, known(), false, name_at, &[]);
            diagnostics.push(unknown);
            self.ty.field(nearest(name, known())?)
        });
        let Some(field) = field else {
            return (None, diagnostics);
        };
        let mut slot = Slot::new(content::of_value(value, at), at);
        if let (Some(text), Some(expression)) = (value.unpack_str(), expression) {
            let scripts = self.recorder.scripts.borrow();
            slot.origin = origin::of(&scripts, script, self.sites, expression, text)
                .filter(|origin| *origin != at);
        }
        let named = (Some(self.ty), name, field.ty);
        let problems = field_type::problems(named, &slot, expression, script);
        let is_wrong = problems.iter().any(Diagnostic::is_error);
        diagnostics.extend(problems);
        if is_wrong {
            return (None, diagnostics);
        }
        let slot = model::with(|model| model.fitted(&slot, field.ty));
        (Some((field.name.to_owned(), slot)), diagnostics)
    }
}
