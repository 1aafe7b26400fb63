package io.github.x402sessions.samples.legacyrun;

import java.nio.file.Path;

import org.apache.jasper.servlet.JasperInitializer;
import org.apache.tomcat.JarScanner;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A war on an embedded Jetty, with Tomcat's JSP engine.
 */
final class JettyWar {

	private JettyWar() {
	}

	/** Start it at the root path of a free port. */
	static RunningWar start(Path war) throws Exception {
		Server server = new Server();
		ServerConnector connector = new ServerConnector(server);
		server.addConnector(connector);
		WebAppContext context = new WebAppContext();
		context.setContextPath("/");
		context.setWar(war.toString());
		context.setDefaultsDescriptor("target/test-classes/jetty-defaults.xml");
		StandardJarScanner libraries = new StandardJarScanner();
		libraries.setScanClassPath(false);
		context.setAttribute(JarScanner.class.getName(), libraries);
		context.addServletContainerInitializer(new JasperInitializer());
		context.setThrowUnavailableOnStartupException(true);
		server.setHandler(context);
		server.start();
		return new RunningWar(connector.getLocalPort(), server::stop);
	}

}
