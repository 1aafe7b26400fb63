package io.github.x402sessions.samples.agent.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.fixtures.Eventually;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that writes its lines itself, and takes nothing on standard output but JSON.
 */
public final class RawClient implements AutoCloseable {

	private final JsonMapper json = new JsonMapper();

	private final Process process;

	private final Writer in;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final Thread reader;

	public RawClient(List<String> options) throws IOException {
		this.process = new ProcessBuilder(AgentProcess.command(options)).redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.in = this.process.outputWriter(StandardCharsets.UTF_8);
		this.reader = new Thread(this::read);
		this.reader.start();
	}

	/** Set the connection up. */
	public RawClient initialized() {
		send("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
				+ "\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}");
		answer("0");
		send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
		return this;
	}

	public void call(int id, String tool, String arguments) {
		send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
				+ "\",\"arguments\":" + arguments + "}}");
	}

	public void send(String line) {
		try {
			this.in.write(line + "\n");
			this.in.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The answer to a request, as soon as it is there. */
	public JsonNode answer(String id) {
		Eventually.isTrue(() -> answers().stream().anyMatch((answer) -> answer.path("id").toString().equals(id)));
		return answers().stream().filter((answer) -> answer.path("id").toString().equals(id)).findFirst().orElseThrow();
	}

	/** All that it wrote, each line an object. */
	public List<JsonNode> answers() {
		return this.lines.stream().map(this.json::readTree).toList();
	}

	/** Close its input and return its exit code. */
	public int end() throws IOException, InterruptedException {
		this.in.close();
		if (!this.process.waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new AssertionError("it does not end");
		}
		this.reader.join();
		return this.process.exitValue();
	}

	private void read() {
		try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
			out.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add("\"" + ex + "\"");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
