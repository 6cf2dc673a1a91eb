//! The resolver: a name is looked up once, every address of the answer is checked, and the connection goes to a checked one. A second
//! look-up after the check would let a stranger's name server change its answer in between.

use crate::policy::Policy;
use crate::target::{TargetError, check_address};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::HashMap;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::{fmt, io, thread};
use tokio::sync::{Semaphore, oneshot};

/// The most addresses of one name that a connection is tried with: a name with thousands would make us scan its networks.
const ADDRESSES_MAX: usize = 8;
/// The most look-ups at a time. Each holds a thread until the name server answers, also after the request has given up; the threads
/// are not those of other blocking work, so that strangers' slow name servers hold up strangers' requests alone.
const LOOKUPS_MAX: usize = 64;
/// The most of them on behalf of one caller.
const LOOKUPS_OF_CALLER_MAX: usize = 8;
/// The stack of such a thread: the system's look-up needs less.
const STACK_BYTES: usize = 512 * 1024;

tokio::task_local! {
    /// The caller on whose behalf this task sends a request.
    pub(crate) static CALLER: Arc<str>;
}

/// Looks a name up and blocks meanwhile.
type Find = fn(&str) -> io::Result<Vec<SocketAddr>>;

/// The look-up of names by the operating system.
#[derive(Clone, Debug)]
pub struct SystemLookup {
    find: Find,
    permits: Arc<Semaphore>,
    /// The permits of callers that look something up.
    callers: Arc<Mutex<HashMap<Arc<str>, Weak<Semaphore>>>>,
}

impl SystemLookup {
    /// Creates the look-up. A process needs one, because it counts what it looks up at a time.
    pub fn new() -> Self {
        // The port is the target's; 0 says so.
        Self::finding_by(|name| (name, 0).to_socket_addrs().map(Iterator::collect))
    }

    pub(crate) fn finding_by(find: Find) -> Self {
        Self { find, permits: Arc::new(Semaphore::new(LOOKUPS_MAX)), callers: Arc::default() }
    }

    /// Returns the permits of a caller.
    fn of(&self, caller: Arc<str>) -> Arc<Semaphore> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(permits) = callers.get(&caller).and_then(Weak::upgrade) {
            return permits;
        }
        // Those are forgotten that look nothing up any more.
        callers.retain(|_, permits| permits.strong_count() > 0);
        let permits = Arc::new(Semaphore::new(LOOKUPS_OF_CALLER_MAX));
        callers.insert(caller, Arc::downgrade(&permits));
        permits
    }
}

impl Default for SystemLookup {
    fn default() -> Self {
        Self::new()
    }
}

impl Resolve for SystemLookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (find, permits) = (self.find, self.permits.clone());
        let own = CALLER.try_with(Clone::clone).ok().map(|caller| self.of(caller));
        Box::pin(async move {
            let own = match own {
                Some(own) => Some(own.acquire_owned().await?),
                None => None,
            };
            let permit = permits.acquire_owned().await?;
            let (answer, answered) = oneshot::channel();
            let look_up = move || {
                let found = find(name.as_str());
                drop((permit, own));
                // A request that has given up does not need the answer.
                let _ = answer.send(found);
            };
            thread::Builder::new().name("lookup".to_owned()).stack_size(STACK_BYTES).spawn(look_up)?;
            Ok(Box::new(answered.await??.into_iter()) as Addrs)
        })
    }
}

/// A look-up whose answers are checked before anybody sees them.
pub(crate) struct CheckedLookup {
    lookup: Arc<dyn Resolve>,
    policy: Arc<Policy>,
}

impl CheckedLookup {
    pub(crate) fn new(lookup: Arc<dyn Resolve>, policy: Arc<Policy>) -> Self {
        Self { lookup, policy }
    }
}

impl fmt::Debug for CheckedLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedLookup").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl Resolve for CheckedLookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, policy) = (self.lookup.resolve(name), self.policy.clone());
        Box::pin(async move { Ok(Box::new(checked(found.await?, &policy)?.into_iter()) as Addrs) })
    }
}

/// Returns the addresses of an answer if each may be connected to: a private one among public ones is a trick, or a mistake that would
/// be ours to pay for.
fn checked(found: Addrs, policy: &Policy) -> Result<Vec<SocketAddr>, TargetError> {
    let mut addresses = Vec::new();
    for address in found {
        check_address(address.ip(), policy)?;
        if addresses.len() < ADDRESSES_MAX {
            // An answer does not choose the port.
            addresses.push(SocketAddr::new(address.ip(), 0));
        }
    }
    Ok(addresses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], policy: &Policy) -> Result<Vec<SocketAddr>, TargetError> {
        let addresses: Vec<_> = texts.iter().map(|text| SocketAddr::new(text.parse().expect(text), 6379)).collect();
        checked(Box::new(addresses.into_iter()), policy)
    }

    #[test]
    fn one_private_address_spoils_the_answer() {
        let policy = Policy::production();
        for bad in [&["127.0.0.1"][..], &["93.184.216.34", "::1"], &["93.184.216.34", "10.0.0.1"], &["::ffff:169.254.169.254"]] {
            assert_eq!(check(bad, &policy), Err(TargetError::NotPublic), "{bad:?}");
        }
        let late: Vec<_> = std::iter::repeat_n("93.184.216.34", 100).chain(["10.0.0.1"]).collect();
        assert_eq!(check(&late, &policy), Err(TargetError::NotPublic), "behind those that are tried");
    }

    #[test]
    fn what_was_checked_is_what_is_connected_to() {
        let found = check(&["93.184.216.34", "2606:4700:4700::1111"], &Policy::production()).expect("public addresses");
        assert_eq!(found, ["93.184.216.34:0", "[2606:4700:4700::1111]:0"].map(|text| text.parse().expect(text)));
        let many: Vec<_> = std::iter::repeat_n("93.184.216.34", 100).collect();
        assert_eq!(check(&many, &Policy::production()).map(|found| found.len()), Ok(ADDRESSES_MAX));
    }

    #[test]
    fn the_sandbox_reaches_this_machine_and_no_other() {
        let sandbox = Policy::sandbox();
        assert!(check(&["127.0.0.1", "::1"], &sandbox).is_ok());
        assert_eq!(check(&["127.0.0.1", "10.0.0.1"], &sandbox), Err(TargetError::NotPublic));
        assert_eq!(check(&["0.0.0.0"], &sandbox), Err(TargetError::NotPublic));
    }

    #[tokio::test]
    async fn the_systems_look_up_is_checked_too() {
        let resolve = |policy: Policy| CheckedLookup::new(Arc::new(SystemLookup::new()), Arc::new(policy)).resolve(name("localhost"));
        let refused = resolve(Policy::production()).await.err().expect("a refusal");
        assert_eq!(refused.downcast_ref::<TargetError>(), Some(&TargetError::NotPublic));
        let found = resolve(Policy::sandbox()).await.expect("addresses");
        assert!(found.into_iter().all(|address| address.ip().is_loopback()));
    }

    fn name(text: &str) -> Name {
        text.parse().unwrap_or_else(|_| panic!("{text} is a name"))
    }
}
