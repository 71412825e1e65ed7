//! `base64`.

use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine as _};
use starlark::values::Value;

use super::text::{self, Encoded, Problem};
use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::call::Call;

const FORMAT: &str = "base64";
const ENCODING: ArgType = ArgType::Choice(&["standard", "standard_raw", "url", "url_raw"]);

pub(super) static MODULE: Module = Module {
    path: "encoding/base64.star",
    export: Object {
        name: "base64",
        global: None,
        documentation: "Base64.\n",
        attributes: &[],
        methods: &[
            builtin! {
                /// A text in base64.
                encode(
                    /// The text.
                    data: ArgType::Str,
                    /// The alphabet; the `raw` ones have no `=` at the end.
                    encoding = "\"standard\"": ENCODING,
                ) -> ReturnType::Str, Inferred, run: encode
            },
            builtin! {
                /// The text that is written in base64.
                decode(
                    /// The text in base64.
                    data: ArgType::Str,
                    /// The alphabet; the `raw` ones have no `=` at the end.
                    encoding = "\"standard\"": ENCODING,
                ) -> ReturnType::Str, Inferred, run: decode
            },
        ],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: None,
};

fn encode<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let source = call.argument("data")?.value.unpack_str()?;
    let encoded = match source.len() > text::MAX_TEXT / 4 * 3 {
        true => Encoded::TooLarge,
        false => Encoded::Text(engine(call)?.encode(source)),
    };
    Some(text::encoded(call, "data", FORMAT, encoded))
}

fn decode<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let argument = call.argument("data")?;
    let written = argument.value.unpack_str()?;
    // As in Go, line breaks do not count.
    let source = written.replace(['\n', '\r'], "");
    match engine(call)?.decode(&source) {
        // Bytes that are no text are a string at run time, too, but not here.
        Ok(bytes) => {
            let decoded = String::from_utf8(bytes).ok()?;
            Some(call.heap.alloc_str(&decoded).to_value())
        }
        Err(error) => {
            let (at, message) = explain(&error, &source);
            let at = if source.len() == written.len() { at } else { 0 };
            let problem = Problem::At { at, message };
            Some(text::undecodable(call, argument, FORMAT, problem))
        }
    }
}

/// Where `source` is no base64, and why.
fn explain(error: &DecodeError, source: &str) -> (usize, String) {
    match error {
        DecodeError::InvalidByte(at, b'=') => (*at, "`=` stands only at the end".to_owned()),
        DecodeError::InvalidByte(at, _) => {
            let rest = source.get(*at..).and_then(|rest| rest.chars().next());
            let found = rest.filter(|letter| !letter.is_control() && *letter != '`');
            let found = found.map_or("this letter".to_owned(), |letter| format!("`{letter}`"));
            (*at, format!("{found} is not in the alphabet"))
        }
        DecodeError::InvalidPadding if source.ends_with('=') => (
            0,
            "this alphabet has no `=` at the end, or not so many".to_owned(),
        ),
        DecodeError::InvalidPadding => (0, "`=` is missing at the end".to_owned()),
        _ => (0, "it is cut off".to_owned()),
    }
}

/// The alphabet that the call asks for. None when only the run knows it, or there
/// is none of that name, which is reported.
fn engine(call: &Call<'_, '_>) -> Option<GeneralPurpose> {
    let (alphabet, has_padding) = match text::choice(call, "encoding", "standard")? {
        "standard_raw" => (&STANDARD, false),
        "url" => (&URL_SAFE, true),
        "url_raw" => (&URL_SAFE, false),
        _ => (&STANDARD, true),
    };
    // Go does not mind bits that are left over.
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(has_padding)
        .with_decode_padding_mode(match has_padding {
            true => DecodePaddingMode::RequireCanonical,
            false => DecodePaddingMode::RequireNone,
        })
        .with_decode_allow_trailing_bits(true);
    Some(GeneralPurpose::new(alphabet, config))
}
