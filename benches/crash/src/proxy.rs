//! A proxy that cuts a connection where it is told to: before a message of the client, within it, after it, or without a
//! word, so that both sides believe that the other is still there.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the message: the server never sees it.
    Before,
    /// In the middle of it.
    Within,
    /// After it: the server has answered, and the answer is lost.
    After,
    /// Before it, and nobody is told: the message is swallowed, the connection stays.
    SilentBefore,
    /// After it, and nobody is told: the answer is swallowed, the connection stays.
    SilentAfter,
}

/// Which message of the clients is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The next one, whatever it says.
    Next,
    /// The next one that has these bytes in it.
    With(Vec<u8>),
}

/// A cut that is waited for.
#[derive(Debug)]
struct Order {
    message: Message,
    cut: Cut,
}

/// A proxy on the loopback interface.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    order: Arc<Mutex<Option<Order>>>,
}

impl Proxy {
    /// Starts one before this port. Its threads end with the connections that they serve, and with the program.
    ///
    /// # Errors
    /// What the system says.
    pub fn start(before: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let order = Arc::new(Mutex::new(None));
        let ordered = Arc::clone(&order);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // A server that is away shows as a connection that ends.
                if let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, before)) {
                    let _ = serve(&client, &server, &ordered);
                }
            }
        });
        Ok(Self { port, order })
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Cuts the connection that sends this message, whichever it is.
    pub fn cut_at(&self, message: Message, cut: Cut) {
        *lock(&self.order) = Some(Order { message, cut });
    }

    /// Cuts no more. Says whether there was a cut since the last order.
    #[must_use]
    pub fn relent(&self) -> bool {
        lock(&self.order).take().is_none()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The cut at what a client says, if this is the message that is waited for. What it had said before is kept so far as
/// the bytes that are looked for may have begun there.
fn turn(order: &Mutex<Option<Order>>, before: &mut Vec<u8>, said: &[u8]) -> Option<Cut> {
    let mut waited_for = lock(order);
    let Order { message, cut } = waited_for.as_ref()?;
    let is_it = match message {
        Message::Next => true,
        Message::With(bytes) => {
            before.extend_from_slice(said);
            let found = before.windows(bytes.len()).any(|window| window == bytes.as_slice());
            before.drain(..before.len().saturating_sub(bytes.len().saturating_sub(1)));
            found
        }
    };
    let cut = *cut;
    is_it.then_some(cut).inspect(|_| *waited_for = None)
}

fn serve(client: &TcpStream, server: &TcpStream, order: &Arc<Mutex<Option<Order>>>) -> io::Result<()> {
    // What is swallowed, and what is cut off, from the server's next answer on.
    let (mute, lost) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from, mut to) = (server.try_clone()?, client.try_clone()?);
    let (muted, losing) = (Arc::clone(&mute), Arc::clone(&lost));
    std::thread::spawn(move || {
        pass(&mut from, &mut to, |to, bytes| {
            if losing.load(Ordering::SeqCst) {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            if muted.load(Ordering::SeqCst) { Ok(()) } else { to.write_all(bytes) }
        });
    });
    let (mut from, mut to, order) = (client.try_clone()?, server.try_clone()?, Arc::clone(order));
    std::thread::spawn(move || {
        let mut before = Vec::new();
        pass(&mut from, &mut to, |to, bytes| {
            if mute.load(Ordering::SeqCst) {
                return Ok(());
            }
            match turn(&order, &mut before, bytes) {
                None => to.write_all(bytes),
                Some(Cut::Before) => Err(io::ErrorKind::ConnectionReset.into()),
                Some(Cut::Within) => {
                    // Whoever answers the half is not heard either.
                    lost.store(true, Ordering::SeqCst);
                    to.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                    Err(io::ErrorKind::ConnectionReset.into())
                }
                Some(Cut::After) => {
                    lost.store(true, Ordering::SeqCst);
                    to.write_all(bytes)
                }
                Some(Cut::SilentBefore) => {
                    mute.store(true, Ordering::SeqCst);
                    Ok(())
                }
                Some(Cut::SilentAfter) => {
                    mute.store(true, Ordering::SeqCst);
                    to.write_all(bytes)
                }
            }
        });
    });
    Ok(())
}

/// Passes on what comes, until one side ends or is cut off; then both are.
fn pass(from: &mut TcpStream, to: &mut TcpStream, mut on: impl FnMut(&mut TcpStream, &[u8]) -> io::Result<()>) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if on(to, buffer.get(..length).unwrap_or_default()).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A server that says back what it hears, in capitals, and counts what it heard.
    fn echo(heard: Arc<Mutex<Vec<u8>>>) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for mut client in listener.incoming().map_while(Result::ok) {
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || {
                    let mut buffer = [0; 64];
                    while let Ok(length @ 1..) = client.read(&mut buffer) {
                        lock(&heard).extend(&buffer[..length]);
                        client.write_all(&buffer[..length].to_ascii_uppercase()).unwrap();
                    }
                });
            }
        });
        port
    }

    /// So long is waited for what must come.
    const PATIENCE: Duration = Duration::from_mins(1);

    fn say(proxy: &Proxy, words: &[&str]) -> Vec<String> {
        say_till(proxy, words, PATIENCE)
    }

    /// Says words one after the other, and waits this long for the answer to the last one.
    fn say_till(proxy: &Proxy, words: &[&str], patience: Duration) -> Vec<String> {
        let mut client = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();
        client.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut answers = Vec::new();
        for (number, word) in words.iter().enumerate() {
            if number + 1 == words.len() {
                client.set_read_timeout(Some(patience)).unwrap();
            }
            let mut buffer = [0; 64];
            let answer = client.write_all(word.as_bytes()).and_then(|()| client.read(&mut buffer));
            answers.push(match answer {
                Ok(0) => "ended".to_owned(),
                Ok(length) => String::from_utf8_lossy(&buffer[..length]).into_owned(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => "silence".to_owned(),
                Err(_) => "ended".to_owned(),
            });
        }
        answers
    }

    #[test]
    fn each_cut_is_made_where_it_was_ordered() {
        let cuts = [
            (Cut::Before, "ended", "ab"),
            (Cut::Within, "ended", "abc"),
            (Cut::After, "ended", "abcd"),
            (Cut::SilentBefore, "silence", "ab"),
            (Cut::SilentAfter, "silence", "abcd"),
        ];
        let named = || Message::With(b"cd".to_vec());
        for (message, (cut, answer, arrived)) in cuts.into_iter().flat_map(|it| [(Message::Next, it), (named(), it)]) {
            let patience = if answer == "silence" { Duration::from_millis(500) } else { PATIENCE };
            let heard = Arc::default();
            let proxy = Proxy::start(echo(Arc::clone(&heard))).unwrap();
            if message == Message::Next {
                assert_eq!(say(&proxy, &["ab"]), ["AB"]);
                proxy.cut_at(message, cut);
                assert_eq!(say_till(&proxy, &["cd"], patience), [answer], "{cut:?}");
            } else {
                proxy.cut_at(message, cut);
                assert_eq!(say_till(&proxy, &["ab", "cd"], patience), ["AB", answer], "{cut:?}");
            }
            assert!(proxy.relent());
            assert_eq!(say(&proxy, &["ef"]), ["EF"], "{cut:?}");
            // What was let through may still be on its way when the answer that will never come is given up.
            let letters = || {
                let mut letters = lock(&heard).clone();
                letters.retain(|letter| !b"ef".contains(letter));
                letters.sort_unstable();
                String::from_utf8(letters).unwrap()
            };
            for _ in 0..PATIENCE.as_millis() {
                if letters() == arrived {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            assert_eq!(letters(), arrived, "{cut:?}");
        }
    }
    #[test]
    fn a_message_that_comes_in_two_parts_is_found() {
        let proxy = Proxy::start(echo(Arc::default())).unwrap();
        proxy.cut_at(Message::With(b"bc".to_vec()), Cut::Before);
        assert_eq!(say(&proxy, &["ab", "cd"]), ["AB", "ended"]);
        assert!(proxy.relent());
        proxy.cut_at(Message::With(b"bc".to_vec()), Cut::Before);
        assert_eq!(say(&proxy, &["b", "a", "c"]), ["B", "A", "C"]);
        assert!(!proxy.relent(), "there was no such message");
    }
}
