package io.github.x402sessions.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A client of the SDK over HTTP, and the container of its server if that is its own.
 */
@SuppressWarnings("deprecation") // of SSE, which is still spoken
final class HttpAgent implements Agent {

	private final RecordingProxy proxy;

	private final McpSyncClient client;

	private final Runnable server;

	private HttpAgent(RecordingProxy proxy, McpClientTransport transport, Runnable server) {
		this.proxy = proxy;
		this.server = server;
		this.client = McpClient.sync(transport)
			.requestTimeout(Duration.ofSeconds(60))
			.initializationTimeout(Duration.ofSeconds(60))
			.build();
		this.client.initialize();
	}

	static HttpAgent streamable(Servlet servlet) throws Exception {
		Tomcat tomcat = tomcat(servlet);
		return streamable(tomcat.getConnector().getLocalPort(), "/mcp", () -> stop(tomcat));
	}

	static HttpAgent sse(Servlet servlet) throws Exception {
		Tomcat tomcat = tomcat(servlet);
		return sse(tomcat.getConnector().getLocalPort(), () -> stop(tomcat));
	}

	static HttpAgent streamable(int port, String endpoint, Runnable server) throws Exception {
		RecordingProxy proxy = new RecordingProxy(port);
		return new HttpAgent(proxy,
				HttpClientStreamableHttpTransport.builder("http://localhost:" + proxy.port())
					.endpoint(endpoint)
					.build(),
				server);
	}

	static HttpAgent sse(int port, Runnable server) throws Exception {
		RecordingProxy proxy = new RecordingProxy(port);
		return new HttpAgent(proxy,
				HttpClientSseClientTransport.builder("http://localhost:" + proxy.port()).sseEndpoint("/sse").build(),
				server);
	}

	static Tomcat tomcat(Servlet servlet) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(Files.createTempDirectory("paid-tools").toString());
		tomcat.setPort(0);
		var context = (StandardContext) tomcat.addContext("", null);
		// The stream of a client that has gone is not waited for.
		context.setUnloadDelay(0);
		Tomcat.addServlet(context, "mcp", servlet).setAsyncSupported(true);
		context.addServletMappingDecoded("/*", "mcp");
		addFilter(context, new StreamOpening());
		tomcat.getConnector();
		tomcat.start();
		return tomcat;
	}

	private static void addFilter(Context context, Filter filter) {
		FilterDef definition = new FilterDef();
		definition.setFilterName("filter");
		definition.setFilter(filter);
		definition.setAsyncSupported("true");
		context.addFilterDef(definition);
		FilterMap map = new FilterMap();
		map.setFilterName("filter");
		map.addURLPattern("/*");
		context.addFilterMap(map);
	}

	static void stop(Tomcat tomcat) {
		try {
			tomcat.stop();
			tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public List<Tool> tools() {
		return this.client.listTools().tools();
	}

	@Override
	public CallToolResult call(CallToolRequest request) {
		return this.client.callTool(request);
	}

	@Override
	public String received() {
		return this.proxy.received();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
		this.proxy.close();
		this.server.run();
	}

}
