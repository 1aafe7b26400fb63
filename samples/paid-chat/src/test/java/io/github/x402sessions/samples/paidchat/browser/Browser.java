package io.github.x402sessions.samples.paidchat.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.InvalidElementStateException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium that keeps what its console says and whom it talks to.
 */
final class Browser implements AutoCloseable {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern SENT = Pattern
		.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

	private final ChromeDriver driver;

	private final List<String> console = new ArrayList<>();

	private final List<String> urls = new ArrayList<>();

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static boolean isThere() {
		return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
	}

	static Browser start(int width, int height) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--disable-extensions", "--window-size=" + width + "," + height);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
		Browser browser = new Browser(new ChromeDriver(service, options));
		if (width < 500) {
			browser.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
					Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
		}
		else {
			browser.driver.manage().window().setSize(new Dimension(width, height));
		}
		return browser;
	}

	/** Run a script in every page before its own. */
	void beforeEveryPage(String script) {
		this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
	}

	void prefer(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", feature, "value", value))));
	}

	void open(String url) {
		this.driver.get(url);
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	void click(String button) {
		await("the button '" + button + "'", () -> {
			for (WebElement each : this.driver.findElements(By.tagName("button"))) {
				if (each.getText().startsWith(button) && each.isEnabled()) {
					each.click();
					return true;
				}
			}
			return false;
		});
	}

	void type(String id, String text) {
		await("the field " + id, () -> {
			WebElement field = this.driver.findElement(By.id(id));
			field.clear();
			field.sendKeys(text);
			return true;
		});
	}

	/** Read in one step, because the page may draw itself anew between two. */
	String text(String selector) {
		Object text = this.driver.executeScript("return document.querySelector(arguments[0])?.innerText", selector);
		if (text == null) {
			throw new NoSuchElementException("there is no " + selector);
		}
		return text.toString();
	}

	List<String> texts(String selector) {
		List<?> texts = (List<?>) this.driver.executeScript(
				"return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)", selector);
		return (texts != null) ? texts.stream().map(String::valueOf).toList() : List.of();
	}

	String href(String selector) {
		return String.valueOf(this.driver.executeScript("return document.querySelector(arguments[0])?.href", selector));
	}

	void awaitText(String selector, String text) {
		await("'" + text + "' in " + selector, () -> text(selector).contains(text));
	}

	void awaitCount(String selector, int count) {
		await(count + " of " + selector, () -> texts(selector).size() == count);
	}

	Object evaluate(String script) {
		return this.driver.executeScript(script);
	}

	void screenshot(String name) {
		try {
			Path folder = Files.createDirectories(Path.of("target", "screenshots"));
			Files.write(folder.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What the console said that is worse than news, but for the browser's own line on a
	 * refused call.
	 */
	List<String> complaints() {
		collect();
		return this.console;
	}

	/** Where requests went. */
	List<String> urls() {
		collect();
		return this.urls;
	}

	private void collect() {
		for (LogEntry entry : this.driver.manage().logs().get(LogType.BROWSER)) {
			if (entry.getLevel().intValue() >= Level.WARNING.intValue()
					&& !entry.getMessage().contains("Failed to load resource: the server responded with a status of")) {
				this.console.add(entry.getMessage());
			}
		}
		for (LogEntry entry : this.driver.manage().logs().get(LogType.PERFORMANCE)) {
			Matcher matcher = SENT.matcher(entry.getMessage());
			if (matcher.find()) {
				this.urls.add(matcher.group(1));
			}
		}
	}

	private void await(String what, Condition condition) {
		new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(100)).ignoring(StaleElementReferenceException.class)
			.ignoring(NoSuchElementException.class)
			.ignoring(InvalidElementStateException.class)
			.withMessage(() -> what + " did not come; the page says: " + text("body"))
			.until((driver) -> condition.holds());
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/** Something that comes to hold. */
	@FunctionalInterface
	private interface Condition {

		boolean holds();

	}

}
