package io.github.x402sessions.core.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.fixtures.ConnectionServer;

/**
 * A facilitator that answers the first request of each connection, keeps the connection
 * and closes it without an answer when the second comes.
 */
final class StaleServer implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)");

	private static final String ANSWER = "{\"isValid\":true}";

	private final ConnectionServer server = new ConnectionServer(this::serve);

	private final List<String> requests = new CopyOnWriteArrayList<>();

	URI url() {
		return this.server.uri("");
	}

	/** Return the paths of the requests so far. */
	List<String> requests() {
		return this.requests;
	}

	private void serve(Socket connection) throws IOException {
		InputStream in = connection.getInputStream();
		read(in);
		connection.getOutputStream()
			.write(("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER)
				.getBytes(StandardCharsets.ISO_8859_1));
		read(in);
	}

	private void read(InputStream in) throws IOException {
		String head = ConnectionServer.head(in);
		if (head.isEmpty()) {
			return;
		}
		this.requests.add(head.split(" ")[1]);
		Matcher length = LENGTH.matcher(head);
		in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
