package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * An unpacked war with a {@code WEB-INF/web.xml} on a Tomcat of its own, under the
 * context path {@code /shop}. It answers every path with {@code goods}.
 */
final class WebXmlApplication implements AutoCloseable {

	private final Tomcat tomcat = new Tomcat();

	private final Context context;

	/**
	 * Start the application.
	 * @param folder an empty folder
	 * @param descriptor what the web.xml holds besides the servlet
	 * @param initializer what is run at start instead; does nothing as a rule
	 */
	WebXmlApplication(Path folder, String descriptor, ServletContainerInitializer initializer) throws Exception {
		Path war = Files.createDirectories(folder.resolve("war"));
		Path webInf = Files.createDirectories(war.resolve("WEB-INF"));
		Files.writeString(webInf.resolve("web.xml"), """
				<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee">
				<servlet>
					<servlet-name>goods</servlet-name>
					<servlet-class>%s</servlet-class>
				</servlet>
				<servlet-mapping>
					<servlet-name>goods</servlet-name>
					<url-pattern>/</url-pattern>
				</servlet-mapping>
				%s
				</web-app>
				""".formatted(Goods.class.getName(), descriptor));
		this.tomcat.setBaseDir(folder.resolve("tomcat").toString());
		this.tomcat.setPort(0);
		this.tomcat.setAddDefaultWebXmlToWebapp(false);
		this.context = this.tomcat.addWebapp(Container.CONTEXT_PATH, war.toString());
		this.context.setParentClassLoader(WebXmlApplication.class.getClassLoader());
		this.context.addServletContainerInitializer(initializer, Set.of());
		this.tomcat.getConnector();
		this.tomcat.start();
	}

	/** Whether the application has started: a filter that fails stops it. */
	boolean isAvailable() {
		return this.context.getState().isAvailable();
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		URI uri = URI
			.create("http://localhost:" + this.tomcat.getConnector().getLocalPort() + Container.CONTEXT_PATH + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	/** Finds nothing. */
	public static final class Nothing extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.sendError(404);
		}

	}

	/** Answers everything. */
	public static final class Goods extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().print(Handlers.GOODS);
		}

	}

}
