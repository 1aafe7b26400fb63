package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.fixtures.Eventually;

/**
 * Sends what no ordinary client would, byte by byte.
 */
final class RawRequest {

	private RawRequest() {
	}

	/**
	 * Send a request and read all of the answer.
	 * @param socket a connection, which is closed
	 * @param line the request line but the version
	 * @param headers more headers, each with its end of line
	 */
	static String send(Socket socket, String line, String headers) throws IOException {
		try (socket) {
			write(socket, line, headers);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	/** Send a request alone. */
	static void write(Socket socket, String line, String headers) throws IOException {
		socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
		String host = headers.startsWith("Host:") ? "" : "Host: api.example\r\n";
		socket.getOutputStream()
			.write((line + " HTTP/1.1\r\n" + host + "Connection: close\r\n" + headers + "\r\n")
				.getBytes(StandardCharsets.ISO_8859_1));
	}

}
