package io.github.x402sessions.servlet;

import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A running servlet container with filters in front of servlets, under the context path
 * {@code /shop}.
 */
public interface Container extends AutoCloseable {

	String CONTEXT_PATH = "/shop";

	URI uri();

	@Override
	void close();

	/** The containers that there are for the servlet API of the class path. */
	static Stream<Kind> kinds() {
		return Stream.of(Kind.values())
			.filter((kind) -> kind == Kind.TOMCAT || Filter.class.getName().startsWith("jakarta."));
	}

	/** The containers that every test runs on. */
	enum Kind {

		TOMCAT {
			@Override
			Container start(Map<String, HttpServlet> servlets, Filter... filters) throws Exception {
				for (Handler handler : Logger.getLogger("").getHandlers()) {
					handler.setLevel(Level.OFF);
				}
				Tomcat tomcat = new Tomcat();
				tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
				tomcat.setPort(0);
				Context context = tomcat.addContext(CONTEXT_PATH, null);
				servlets.forEach((mapping, servlet) -> {
					Wrapper wrapper = Tomcat.addServlet(context, mapping, servlet);
					wrapper.setAsyncSupported(true);
					wrapper.setMultipartConfigElement(new MultipartConfigElement(""));
					context.addServletMapping(mapping, mapping);
				});
				for (int i = 0; i < filters.length; i++) {
					FilterDef definition = new FilterDef();
					definition.setFilterName("filter" + i);
					definition.setFilter(filters[i]);
					definition.setAsyncSupported("true");
					context.addFilterDef(definition);
					FilterMap map = new FilterMap();
					map.setFilterName("filter" + i);
					map.addURLPattern("/*");
					map.setDispatcher(DispatcherType.REQUEST.name());
					map.setDispatcher(DispatcherType.ASYNC.name());
					context.addFilterMap(map);
				}
				tomcat.getConnector();
				tomcat.start();
				URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + CONTEXT_PATH);
				return of(uri, () -> {
					tomcat.stop();
					tomcat.destroy();
				});
			}
		},

		JETTY {
			@Override
			Container start(Map<String, HttpServlet> servlets, Filter... filters) throws Exception {
				Server server = new Server();
				ServerConnector connector = new ServerConnector(server);
				server.addConnector(connector);
				ServletContextHandler context = new ServletContextHandler(CONTEXT_PATH, ServletContextHandler.SESSIONS);
				servlets.forEach((mapping, servlet) -> {
					ServletHolder holder = new ServletHolder(mapping, servlet);
					holder.setAsyncSupported(true);
					holder.getRegistration().setMultipartConfig(new MultipartConfigElement(""));
					context.addServlet(holder, mapping);
				});
				for (Filter filter : filters) {
					FilterHolder holder = new FilterHolder(filter);
					holder.setAsyncSupported(true);
					context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
				}
				server.setHandler(context);
				server.start();
				return of(URI.create("http://localhost:" + connector.getLocalPort() + CONTEXT_PATH), server::stop);
			}
		};

		abstract Container start(Map<String, HttpServlet> servlets, Filter... filters) throws Exception;

		private static Container of(URI uri, AutoCloseable stop) {
			return new Container() {

				@Override
				public URI uri() {
					return uri;
				}

				@Override
				public void close() {
					try {
						stop.close();
					}
					catch (Exception ex) {
						throw new IllegalStateException(ex);
					}
				}

			};
		}

	}

}
