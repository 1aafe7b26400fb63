package io.github.x402sessions.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A facilitator that agrees to everything, at once or after a fixed time: it stands
 * behind the servers that are compared, and costs all of them the same. Speaks as much
 * HTTP/1.1 as they need and reads nothing of what they say.
 */
public final class InstantFacilitator {

	private static final String PAYER = "GA5Y7RK27F6X4W57RKQWNGNMZJNHAHOD5IV3UW5ALM4ILES3PZWPUL5R";

	private static final byte[] SUPPORTED = answer("""
			{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":{"areFeesSponsored":true,\
			"facilitatorAddress":"GCWZY2ETAJSMQP672PPVKREOFVIHBYWOTUDBHA2ZF34QSU2WW5N3LGJG",\
			"spender":"GCWZY2ETAJSMQP672PPVKREOFVIHBYWOTUDBHA2ZF34QSU2WW5N3LGJG","sessionsEndpoint":"/sessions"}}],\
			"extensions":[],"signers":{}}""");

	private static final byte[] VERIFIED = answer("{\"isValid\":true,\"payer\":\"" + PAYER + "\"}");

	private final AtomicLong settled = new AtomicLong();

	private final long settleNanos;

	private InstantFacilitator(long settleNanos) {
		this.settleNanos = settleNanos;
	}

	/**
	 * Run until killed.
	 * @param args the port, and how long a settlement takes, milliseconds
	 * @throws IOException if the port is taken
	 */
	public static void main(String[] args) throws IOException {
		InstantFacilitator facilitator = new InstantFacilitator(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1])));
		try (ServerSocket server = new ServerSocket()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 512);
			System.out.println("READY");
			while (true) {
				Socket client = server.accept();
				Thread thread = new Thread(() -> facilitator.serve(client));
				thread.setDaemon(true);
				thread.start();
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			client.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(client.getInputStream(), 16 * 1024);
			OutputStream out = client.getOutputStream();
			for (String request = line(in); !request.isEmpty(); request = line(in)) {
				skipRest(in);
				out.write(answerTo(request));
			}
		}
		catch (IOException ex) {
			// The server under load has closed its connection.
		}
	}

	private byte[] answerTo(String request) {
		if (request.contains("/settle ")) {
			long end = System.nanoTime() + this.settleNanos;
			for (long left = this.settleNanos; left > 0; left = end - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			return settled();
		}
		return request.contains("/verify ") ? VERIFIED : SUPPORTED;
	}

	/** Each settlement is a transaction of its own: one seen before is no payment. */
	private byte[] settled() {
		String transaction = "ab".repeat(24) + HexFormat.of().toHexDigits(this.settled.incrementAndGet());
		return answer("{\"success\":true,\"transaction\":\"" + transaction
				+ "\",\"network\":\"stellar:testnet\",\"payer\":\"" + PAYER + "\"}");
	}

	private static void skipRest(InputStream in) throws IOException {
		long length = 0;
		for (String header = line(in); !header.isEmpty(); header = line(in)) {
			if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Long.parseLong(header.substring(15).trim());
			}
		}
		in.skipNBytes(length);
	}

	/** A line without its end; empty at the end of the headers and of the stream. */
	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	private static byte[] answer(String json) {
		return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
				+ json)
			.getBytes(StandardCharsets.US_ASCII);
	}

}
