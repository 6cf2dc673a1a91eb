//! Stripe's forms: `line_items[0][price_data][unit_amount]=500` is a tree.

use serde_json::{Map, Value};

/// Reads a form into a tree of objects; numbered parts are objects too, under their numbers.
pub(crate) fn tree(form: &[(String, String)]) -> Value {
    let mut root = Value::Object(Map::new());
    for (name, value) in form {
        let path: Vec<&str> = name.split(['[', ']']).filter(|part| !part.is_empty()).collect();
        let mut at = &mut root;
        for part in &path {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            at = at.as_object_mut().unwrap().entry(*part).or_insert(Value::Null);
        }
        *at = Value::String(value.clone());
    }
    root
}

/// Returns the text at a path: `payment_intent_data/metadata/deposit`.
pub(crate) fn text<'a>(tree: &'a Value, path: &str) -> Option<&'a str> {
    tree.pointer(&format!("/{path}"))?.as_str()
}

/// Returns the whole number at a path.
pub(crate) fn number(tree: &Value, path: &str) -> Option<i64> {
    text(tree, path)?.parse().ok()
}
