package io.github.x402sessions.samples.agent.call;

/**
 * Tells what may have happened to money if the program is ended by a signal, such as
 * Ctrl-C.
 */
public final class Interruption {

	private Interruption() {
	}

	/**
	 * Do something that moves money.
	 * @param lastWords tells how far it came; run on a thread of its own, and only if the
	 * program is ended meanwhile
	 * @param action what is done
	 */
	public static void telling(Runnable lastWords, Runnable action) {
		Thread hook = new Thread(lastWords, "last-words");
		Runtime.getRuntime().addShutdownHook(hook);
		try {
			action.run();
		}
		finally {
			remove(hook);
		}
	}

	private static void remove(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// The program is being ended, and it is said already.
		}
	}

}
