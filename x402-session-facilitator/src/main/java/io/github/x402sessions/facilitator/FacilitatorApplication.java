package io.github.x402sessions.facilitator;

import org.springframework.boot.SpringApplication;

/**
 * Runs the facilitator as a process of its own.
 *
 * @see FacilitatorServer
 */
public final class FacilitatorApplication {

	private FacilitatorApplication() {
	}

	/**
	 * Start the facilitator.
	 * @param arguments properties such as {@code --server.port=4021}
	 */
	public static void main(String[] arguments) {
		application().run(arguments);
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(StandaloneConfiguration.class);
		application.setDefaultProperties(ServerDefaults.PROPERTIES);
		return application;
	}

}
