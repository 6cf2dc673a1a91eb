//! The route a lost caller may have meant.

use crate::table::Table;
use axum::http::Method;

/// A longer path is nobody's typing error.
const LENGTH_MAX: usize = 200;

/// The route that takes the fewest changes to reach, unless it takes too many to be meant.
pub(super) fn nearest<'t>(table: &'t Table, method: &Method, path: &str) -> Option<(&'t Method, &'static str)> {
    if path.len() > LENGTH_MAX {
        return None;
    }
    let asked: Vec<&str> = segments(path);
    let most = path.len() / 2;
    let routes = table.routes().iter().map(|(_, route)| route);
    let measured = routes.map(|route| (distance(&asked, &segments(route.path)), route.method != method, route));
    let (_, _, route) =
        measured.filter(|(changes, ..)| *changes <= most).min_by_key(|(changes, other_method, _)| (*changes, *other_method))?;
    Some((&route.method, route.path))
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// Characters to change, add or remove; a segment that is left out or too many costs its length.
fn distance(asked: &[&str], route: &[&str]) -> usize {
    edits(
        asked,
        route,
        |segment| segment.len() + 1,
        |a, b| match b.starts_with('{') {
            // Where an id belongs, a long word or one with digits is one.
            true if a.len() >= 8 || a.bytes().any(|c| c.is_ascii_digit()) => 0,
            true => a.len(),
            false => edits(a.as_bytes(), b.as_bytes(), |_| 1, |x, y| usize::from(x != y)),
        },
    )
}

/// Levenshtein's distance with costs.
fn edits<T>(a: &[T], b: &[T], whole: impl Fn(&T) -> usize, change: impl Fn(&T, &T) -> usize) -> usize {
    let mut row: Vec<usize> = std::iter::once(0)
        .chain(b.iter().scan(0, |sum, item| {
            *sum += whole(item);
            Some(*sum)
        }))
        .collect();
    for x in a {
        let mut corner = row[0];
        row[0] += whole(x);
        for (i, y) in b.iter().enumerate() {
            let cheapest = (corner + change(x, y)).min(row[i + 1] + whole(x)).min(row[i] + whole(y));
            corner = std::mem::replace(&mut row[i + 1], cheapest);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::plain::Plain;
    use crate::response::{ApiResult, ok};
    use crate::route::get;

    async fn well() -> ApiResult<String> {
        Ok(ok("well".to_owned()))
    }

    static HEALTH: Plain = Plain { name: "health", family: None, routes: || vec![get("/api/health", well)] };

    #[test]
    fn lost_callers_are_shown_the_way() {
        let table = Table::new(&[&HEALTH]);
        let found = |method: Method, path: &str| nearest(&table, &method, path).map(|(method, path)| format!("{method} {path}"));
        assert_eq!(found(Method::GET, "/api/helth").as_deref(), Some("GET /api/health"));
        assert_eq!(found(Method::GET, "/api/health/").as_deref(), Some("GET /api/health"));
        assert_eq!(found(Method::GET, "/api/completely/unknown/place/of/mine"), None);
        assert_eq!(found(Method::GET, &"/x".repeat(5000)), None);
    }

    #[test]
    fn distances_are_levenshteins() {
        let word = |a: &str, b: &str| edits(a.as_bytes(), b.as_bytes(), |_| 1, |x, y| usize::from(x != y));
        assert_eq!((word("kitten", "sitting"), word("", "abc"), word("same", "same")), (3, 3, 0));
    }
}
