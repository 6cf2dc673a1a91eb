//! Canonical JSON, RFC 8785: one text for one value, so that a signature can be checked by whoever has the value. Numbers are integers.

use serde_json::Value;

/// Writes a value: members sorted by name, nothing between tokens.
pub(super) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                text.push_str(if n == 0 { "" } else { "," });
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            text.push('{');
            for (n, (name, member)) in sorted.into_iter().enumerate() {
                text.push_str(if n == 0 { "" } else { "," });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(member, text);
            }
            text.push('}');
        }
        // Serde escapes strings as the standard wants it, and integers have one spelling.
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_value_has_one_text() {
        let value = json!({ "b": [1, -2, { "z": null, "a": true }], "a": "\u{20ac}$\u{f}\nA'B\"\\\"/", "": {} });
        assert_eq!(canonical(&value), r#"{"":{},"a":"€$\u000f\nA'B\"\\\"/","b":[1,-2,{"a":true,"z":null}]}"#);
    }

    #[test]
    fn names_are_sorted_as_the_standard_sorts_them() {
        // Section 3.2.3 of the standard: by UTF-16 units, so that a surrogate pair comes before U+FB33.
        let value = json!({ "\u{20ac}": 5, "\r": 1, "\u{fb33}": 7, "1": 2, "\u{1f600}": 6, "\u{80}": 3, "\u{f6}": 4 });
        let order: Vec<_> = canonical(&value).chars().filter(char::is_ascii_digit).collect();
        assert_eq!(order, ['1', '1', '2', '3', '4', '5', '6', '7'], "the name 1 stands before its value 2");
    }
}
