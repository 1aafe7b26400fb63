package io.github.x402sessions.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Sends what another server has answered, headers and all.
 */
final class CopiedResponse extends HttpServlet {

	/** What the container adds itself. */
	private static final Set<String> CONTAINERS = Set.of("date", "connection", "keep-alive");

	private final int status;

	private final Map<String, List<String>> headers;

	private final byte[] body;

	private CopiedResponse(int status, Map<String, List<String>> headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	static CopiedResponse of(URI url) throws IOException, InterruptedException {
		HttpResponse<byte[]> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
		return new CopiedResponse(answer.statusCode(), answer.headers().map(), answer.body());
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setStatus(this.status);
		this.headers.forEach((name, values) -> {
			if (!CONTAINERS.contains(name)) {
				values.forEach((value) -> response.addHeader(name, value));
			}
		});
		response.getOutputStream().write(this.body);
	}

}
