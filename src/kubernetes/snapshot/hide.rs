//! Objects without what secrets hold.

use super::mask::SHOWN;
use crate::kubernetes::{Data, Object, Value};
use crate::unknown::Unknown;

/// Has what `object` holds be unknown, if it is a secret: scripts read the objects of
/// the namespace, and what they read may become the name of an image, which is shown.
pub(super) fn hide(object: &mut Object) {
    if object.is_secret() {
        let what = format!("secrets[{:?}]", object.name);
        hide_value(&mut object.value, &what, &mut Vec::new());
    }
}

fn hide_value<'v>(value: &'v mut Value, what: &str, path: &mut Vec<&'v str>) {
    let Value { data, at, .. } = value;
    match data {
        Data::Map(entries) => {
            for (key, value) in entries {
                let what = format!("{what}.{}", key.name);
                path.push(&key.name);
                hide_value(value, &what, path);
                path.pop();
            }
        }
        Data::Null => {}
        _ if SHOWN.contains(&path.as_slice()) => {}
        _ => {
            *data = Data::Unknown(Unknown {
                what: what.to_owned(),
                from: Some(*at),
            });
        }
    }
}
