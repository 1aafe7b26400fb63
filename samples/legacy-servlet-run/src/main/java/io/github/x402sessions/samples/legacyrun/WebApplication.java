package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * A war on an embedded Tomcat. Uses nothing that differs between Tomcat 9 and 11.
 */
final class WebApplication implements AutoCloseable {

	private final Tomcat tomcat;

	private WebApplication(Tomcat tomcat) {
		this.tomcat = tomcat;
	}

	/**
	 * Start it at the root path.
	 * @param war the war
	 * @param port the port; 0 for any free one
	 * @throws IllegalStateException if it does not start
	 */
	static WebApplication start(Path war, int port) throws IOException {
		Path folder = Files.createTempDirectory("legacy-servlet");
		Files.createDirectories(folder.resolve("webapps"));
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(folder.toString());
		tomcat.setPort(port);
		tomcat.getConnector();
		Context context = tomcat.addWebapp("", war.toAbsolutePath().toString());
		StandardJarScanner libraries = new StandardJarScanner();
		libraries.setScanClassPath(false);
		context.setJarScanner(libraries);
		try {
			tomcat.start();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException("Tomcat does not start", ex);
		}
		return new WebApplication(tomcat);
	}

	int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	void await() {
		this.tomcat.getServer().await();
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException("Tomcat does not stop", ex);
		}
	}

}
