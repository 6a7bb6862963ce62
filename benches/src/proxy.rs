//! A network that takes its time: what comes in goes out a while later, in order, and nothing else changes.
//!
//! It has threads of its own, since a runtime's timers count whole milliseconds.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::stopwatch::Stopwatch;

/// A proxy on the loopback interface. When it is dropped it takes nobody in any more.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    /// Begins to listen on a free port and to pass on to an address, each way after a delay.
    ///
    /// # Errors
    /// When no port or no thread is free.
    pub fn to(address: SocketAddr, each_way: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (here, ended) = (listener.local_addr()?, Arc::new(AtomicBool::new(false)));
        let end = Arc::clone(&ended);
        thread::Builder::new().name("proxy".to_owned()).spawn(move || {
            for near in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                // Whoever cannot be passed on is hung up on.
                let _ = near.and_then(|near| connect(near, address, each_way));
            }
        })?;
        Ok(Self { address: here, ended })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // So that the one who waits for callers looks up.
        let _ = TcpStream::connect(self.address);
    }
}

fn connect(near: TcpStream, address: SocketAddr, delay: Duration) -> io::Result<()> {
    let far = TcpStream::connect(address)?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    pass(near.try_clone()?, far.try_clone()?, delay)?;
    pass(far, near, delay)
}

/// Passes on in one direction. Reading never waits for writing, so that what follows closely arrives closely.
fn pass(mut from: TcpStream, mut to: TcpStream, delay: Duration) -> io::Result<()> {
    let (under_way, arriving) = mpsc::channel::<(Stopwatch, Vec<u8>)>();
    thread::Builder::new().name("proxy, in".to_owned()).spawn(move || {
        let mut piece = vec![0; 16 << 10];
        while let Ok(read) = from.read(&mut piece) {
            let bytes = piece.get(..read).unwrap_or_default().to_vec();
            if read == 0 || under_way.send((Stopwatch::start(), bytes)).is_err() {
                return;
            }
        }
    })?;
    thread::Builder::new().name("proxy, out".to_owned()).spawn(move || {
        for (since, bytes) in arriving {
            thread::sleep(delay.saturating_sub(since.passed()));
            if to.write_all(&bytes).is_err() {
                break;
            }
        }
        // The other end went away, or this one did.
        let _ = to.shutdown(Shutdown::Both);
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_later_and_unchanged() {
        let echo = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = echo.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = echo.accept().unwrap();
            let mut back = stream.try_clone().unwrap();
            io::copy(&mut stream, &mut back).unwrap();
        });
        let delay = Duration::from_millis(5);
        let proxy = Proxy::to(address, delay).unwrap();
        let mut stream = TcpStream::connect(proxy.address()).unwrap();
        let sent: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let watch = Stopwatch::start();
        stream.write_all(&sent).unwrap();
        let mut received = vec![0; sent.len()];
        stream.read_exact(&mut received).unwrap();
        assert!(watch.passed() >= 2 * delay);
        assert_eq!(received, sent);
    }
}
