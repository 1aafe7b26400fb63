package io.github.x402sessions.samples.twolines;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application like any other.
 */
@SpringBootApplication
public class TwoLinesApplication {

	/**
	 * Start the application.
	 * @param arguments Spring Boot's arguments
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(TwoLinesApplication.class, arguments);
	}

}
