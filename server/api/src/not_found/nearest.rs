//! The nearest route, suggested to a caller whose path is unknown.

use crate::table::Table;
use axum::http::Method;

/// The longest path for which a suggestion is looked for.
const LENGTH_MAX: usize = 200;

/// Finds the route with the smallest edit distance; none if all are too far.
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

/// Computes the edit distance in characters; a missing or extra segment costs its length.
fn distance(asked: &[&str], route: &[&str]) -> usize {
    edits(
        asked,
        route,
        |segment| segment.len() + 1,
        |a, b| match b.starts_with('{') {
            // In place of an id, a long segment or one with digits counts as an id.
            true if a.len() >= 8 || a.bytes().any(|c| c.is_ascii_digit()) => 0,
            true => a.len(),
            false => edits(a.as_bytes(), b.as_bytes(), |_| 1, |x, y| usize::from(x != y)),
        },
    )
}

/// Computes the Levenshtein distance with costs.
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
