//! Stripe's forms: `line_items[0][price_data][unit_amount]=500` is a tree.

use serde_json::{Map, Value};

/// Reads a form into a tree of objects. Numbered parts are objects under their numbers; `types[]` gets the next number.
pub(crate) fn tree(form: &[(String, String)]) -> Value {
    let mut root = Map::new();
    for (name, value) in form {
        let mut path: Vec<&str> = name.split('[').map(|part| part.trim_end_matches(']')).collect();
        let last = path.pop().unwrap_or_default();
        let mut at = &mut root;
        for part in path {
            at = branch(at, part);
        }
        let key = if last.is_empty() { at.len().to_string() } else { last.to_owned() };
        at.insert(key, Value::String(value.clone()));
    }
    Value::Object(root)
}

/// Returns the branch of that name; a leaf of that name gives way to it.
fn branch<'a>(at: &'a mut Map<String, Value>, part: &str) -> &'a mut Map<String, Value> {
    let key = if part.is_empty() { at.len().to_string() } else { part.to_owned() };
    let slot = at.entry(key).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Map::new());
    }
    slot.as_object_mut().expect("the slot was made an object a line above")
}

/// Returns the text at a path: `payment_intent_data/metadata/deposit`. An empty text means none, as Stripe has it.
pub(crate) fn text<'a>(tree: &'a Value, path: &str) -> Option<&'a str> {
    tree.pointer(&format!("/{path}"))?.as_str().filter(|text| !text.is_empty())
}

/// Returns the whole number at a path.
pub(crate) fn number(tree: &Value, path: &str) -> Option<i64> {
    text(tree, path)?.parse().ok()
}

/// Returns true if the form says `true` at a path.
pub(crate) fn flag(tree: &Value, path: &str) -> bool {
    text(tree, path) == Some("true")
}

/// Returns the items of a numbered list, in the order of their numbers.
pub(crate) fn items<'a>(tree: &'a Value, path: &str) -> Vec<&'a Value> {
    let Some(all) = tree.pointer(&format!("/{path}")).and_then(Value::as_object) else { return Vec::new() };
    let mut numbered: Vec<_> = all.iter().map(|(number, item)| (number.parse::<usize>().unwrap_or(usize::MAX), item)).collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, item)| item).collect()
}

/// Returns the texts of a numbered list.
pub(crate) fn texts<'a>(tree: &'a Value, path: &str) -> Vec<&'a str> {
    items(tree, path).into_iter().filter_map(Value::as_str).collect()
}

/// Returns the metadata at a path, without the names that were unset.
pub(crate) fn metadata(tree: &Value, path: &str) -> Value {
    let given = tree.pointer(&format!("/{path}")).and_then(Value::as_object);
    let kept = given.into_iter().flatten().filter(|(_, value)| value.as_str() != Some(""));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(pairs: &[(&str, &str)]) -> Value {
        tree(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_form_is_a_tree() {
        let form = of(&[("a[0][b]", "1"), ("a[10][b]", "3"), ("a[2][b]", "2"), ("types[]", "x"), ("types[]", "y"), ("m[k]", "")]);
        assert_eq!(items(&form, "a"), [&json!({ "b": "1" }), &json!({ "b": "2" }), &json!({ "b": "3" })]);
        assert_eq!(texts(&form, "types"), ["x", "y"]);
        assert_eq!(metadata(&form, "m"), json!({}));
        assert_eq!(number(&form, "a/0/b"), Some(1));
    }
}
