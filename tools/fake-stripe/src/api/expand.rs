//! Expanding references: `expand[]=latest_charge.balance_transaction`, `expand[]=data.customer`.

use crate::form::texts;
use crate::state::Fake;
use serde_json::Value;

/// Returns an object with the references replaced that a form asks for.
pub(crate) fn expanded(fake: &Fake, mut object: Value, form: &Value) -> Value {
    for path in texts(form, "expand") {
        let parts: Vec<&str> = path.split('.').collect();
        expand(fake, &mut object, &parts);
    }
    object
}

fn expand(fake: &Fake, at: &mut Value, path: &[&str]) {
    let Some((part, rest)) = path.split_first() else { return };
    if let Some(all) = at.as_array_mut() {
        all.iter_mut().for_each(|item| expand(fake, item, path));
        return;
    }
    // The lines of a session are left out unless they are asked for.
    if *part == "line_items" && at["object"] == "checkout.session" {
        let lines = at["id"].as_str().map(|id| fake.get(&format!("lines_{id}"))).unwrap_or_default();
        at["line_items"] = lines["list"].clone();
    }
    let Some(inner) = at.get_mut(*part) else { return };
    if let Some(id) = inner.as_str() {
        let found = fake.get(id);
        if found.is_null() {
            return;
        }
        *inner = found;
    }
    expand(fake, inner, rest);
}
