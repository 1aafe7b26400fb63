package io.github.x402sessions.benchmarks.load;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/**
 * An embedded Tomcat with the same servlets in two forms: behind the payment filter, or
 * bare. The bare one also sends what the other one answers to who has not paid, byte for
 * byte.
 */
public final class LoadServer {

	private LoadServer() {
	}

	/**
	 * Run until killed.
	 * @param args the port; {@code bare} or {@code priced}; and the URL of the priced
	 * server's challenge for the bare one, of the facilitator for the priced one
	 * @throws Exception if it does not start
	 */
	public static void main(String[] args) throws Exception {
		URI other = URI.create(args[2]);
		if (args[1].equals("priced")) {
			start(Integer.parseInt(args[0]), Store.filter(other), Map.of());
		}
		else {
			start(Integer.parseInt(args[0]), null, Map.of("/challenge", CopiedResponse.of(other)));
		}
		System.out.println("READY");
		Thread.currentThread().join();
	}

	private static void start(int port, @Nullable Filter filter, Map<String, HttpServlet> more)
			throws LifecycleException, java.io.IOException {
		Tomcat tomcat = new Tomcat();
		File base = Files.createTempDirectory("load-server").toFile();
		tomcat.setBaseDir(base.getPath());
		Connector connector = new Connector();
		connector.setPort(port);
		connector.setProperty("address", "127.0.0.1");
		connector.setProperty("maxKeepAliveRequests", "-1");
		tomcat.setConnector(connector);
		Context context = tomcat.addContext("", base.getPath());
		add(context, "/free", new Servlets.Quote());
		add(context, "/quote", new Servlets.Quote());
		add(context, "/stream", new Servlets.Events());
		add(context, "/big", new Servlets.Big());
		add(context, "/slow", new Servlets.Slow());
		add(context, "/memory", new Servlets.Memory());
		more.forEach((path, servlet) -> add(context, path, servlet));
		if (filter != null) {
			add(context, filter);
		}
		tomcat.start();
	}

	private static void add(Context context, String path, HttpServlet servlet) {
		Tomcat.addServlet(context, path, servlet).setAsyncSupported(true);
		context.addServletMapping(path, path);
	}

	private static void add(Context context, Filter filter) {
		FilterDef definition = new FilterDef();
		definition.setFilterName("payments");
		definition.setFilter(filter);
		definition.setAsyncSupported("true");
		context.addFilterDef(definition);
		FilterMap mapping = new FilterMap();
		mapping.setFilterName("payments");
		mapping.addURLPattern("/*");
		mapping.setDispatcher("REQUEST");
		mapping.setDispatcher("ASYNC");
		context.addFilterMap(mapping);
	}

}
