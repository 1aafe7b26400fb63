package io.github.x402sessions.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A client over a pair of streams, as a process has them, one line for each message.
 */
final class StreamAgent implements Agent {

	private final PipedOutputStream out = new PipedOutputStream();

	private final PipedInputStream serverIn;

	private final PipedOutputStream serverOut = new PipedOutputStream();

	private final BufferedReader in;

	private final StringBuffer received = new StringBuffer();

	private final AtomicInteger ids = new AtomicInteger();

	StreamAgent() throws IOException {
		this.serverIn = new PipedInputStream(this.out, 1 << 20);
		this.in = new BufferedReader(
				new InputStreamReader(new PipedInputStream(this.serverOut, 1 << 20), StandardCharsets.UTF_8));
	}

	InputStream serverIn() {
		return this.serverIn;
	}

	OutputStream serverOut() {
		return this.serverOut;
	}

	void initialize() {
		ask("initialize", Map.of("protocolVersion", "2025-06-18", "capabilities", Map.of(), "clientInfo",
				Map.of("name", "test", "version", "1")));
		write(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
	}

	@Override
	public List<Tool> tools() {
		return McpJsonDefaults.getMapper().convertValue(ask("tools/list", Map.of()), ListToolsResult.class).tools();
	}

	@Override
	public CallToolResult call(CallToolRequest request) {
		return McpJsonDefaults.getMapper().convertValue(ask("tools/call", request), CallToolResult.class);
	}

	private synchronized Object ask(String method, Object parameters) {
		int id = this.ids.incrementAndGet();
		write(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
		try {
			while (true) {
				String line = this.in.readLine();
				this.received.append(line).append('\n');
				Map<?, ?> message = McpJsonDefaults.getMapper().readValue(line, Map.class);
				if (message.get("id") instanceof Integer answered && answered == id) {
					if (message.get("error") != null) {
						throw new IllegalStateException(String.valueOf(message.get("error")));
					}
					return message.get("result");
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(Object message) {
		try {
			this.out.write(McpJsonDefaults.getMapper().writeValueAsBytes(message));
			this.out.write('\n');
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String received() {
		return this.received.toString();
	}

	@Override
	public void close() throws IOException {
		this.out.close();
	}

}
