package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run in a real browser: Debian's Chromium, or the one that SLOPE_CHROMIUM names. */
class ReportPageTest {
  @TempDir static Path folder;
  private static Playwright playwright;
  private static Browser browser;
  private static Path line;
  private static Path cancer;

  private final List<String> problems = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void trainAndLaunch() {
    line = trained("line", "/training/epochs=40");
    cancer = trained("breast_cancer", "/training/epochs=20");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    String chromium = System.getenv().getOrDefault("SLOPE_CHROMIUM", "/usr/bin/chromium");
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(chromium))
                    .setArgs(List.of("--no-sandbox", "--enable-unsafe-swiftshader")));
  }

  @AfterAll
  static void close() {
    browser.close();
    playwright.close();
  }

  private static Path trained(String config, String set) {
    CommandResult result =
        CommandResult.of(
            "train",
            Path.of("configs", config + ".json"),
            "--models",
            folder,
            "--set",
            set,
            "--set",
            "/report/html=true",
            "--set",
            "/report/plots=false");
    assertThat(result.err()).doesNotContain("bug");
    return folder.resolve(config).resolve("1/assets.extra/report.html");
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(message.text());
          }
        });
    page.onPageError(problems::add);
    page.onRequest(request -> requests.add(request.url()));
  }

  /** Nothing went wrong, and nothing was asked for but the file itself. */
  @AfterEach
  void nothingLeftThePage() {
    page.close();
    assertThat(problems).isEmpty();
    assertThat(requests)
        .filteredOn(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
        .allMatch(url -> url.startsWith("file:") && url.endsWith("/report.html"))
        .hasSize(1);
  }

  private void show(Path file) {
    page.navigate(file.toUri().toString());
    page.waitForSelector("html[data-ready=true]");
  }

  @Test
  void theLineIsDrawn() throws Exception {
    assertThat(Files.size(line)).isLessThan(6_000_000);
    show(line);
    assertThat(page.title()).isEqualTo("line - Slope");
    for (String plot :
        List.of("fit", "actual", "residuals", "quantiles", "loss", "contour", "coefficients")) {
      assertThat(page.locator("#" + plot + " svg.main-svg").first().isVisible()).as(plot).isTrue();
      assertThat(page.getAttribute("#" + plot, "aria-label")).as(plot).isNotBlank();
    }
    assertThat(page.locator("#surface canvas").first().isVisible()).isTrue();
    assertThat(page.locator("#classes-section").isVisible()).isFalse();
    // Eleven points of y = 2x + 1.
    assertThat(page.evaluate("document.getElementById('fit').data[0].y"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(11)
        .contains(21)
        .contains(1);
  }

  @Test
  void theScaleOfTheLossSwitches() {
    show(line);
    assertThat(scaleOfLoss()).isEqualTo("log"); // from 236 to 0.2
    page.locator("#log").focus();
    page.keyboard().press("Space");
    assertThat(scaleOfLoss()).isEqualTo("linear");
    page.keyboard().press("Space");
    assertThat(scaleOfLoss()).isEqualTo("log");
  }

  private Object scaleOfLoss() {
    return page.evaluate("document.getElementById('loss').layout.yaxis.type");
  }

  /** What the page says of another learning rate is what a training at that rate comes to. */
  @Test
  void theSliderShowsTheTrainingAtItsRate() {
    show(line);
    Object first = page.evaluate("document.getElementById('contour').data[1].x");
    page.locator("#rate").focus();
    for (int i = 0; i < 40; i++) {
      page.keyboard().press("ArrowLeft");
    }
    assertThat(page.evaluate("document.getElementById('contour').data[1].x")).isNotEqualTo(first);
    double rate = Double.parseDouble(page.getAttribute("#rate", "data-rate"));
    double loss = Double.parseDouble(page.getAttribute("#rate", "data-loss"));
    assertThat(rate).isBetween(0.001, 0.0099);
    int epochs = ((Number) page.evaluate("data.surface.epochs")).intValue();
    double trained =
        CommandResult.of(
                "train",
                Path.of("configs", "line.json"),
                "--models",
                folder.resolve("again"),
                "--json",
                "--set",
                "/report/plots=false",
                "--set",
                "/training/epochs=" + epochs,
                "--set",
                "/training/optimizer/learning_rate=" + rate)
            .json()
            .at("/metrics/loss")
            .asDouble();
    assertThat(loss).isCloseTo(trained, within(1e-4 * trained));

    page.evaluate(
        "const s = document.getElementById('rate'); s.value = 1000; s.dispatchEvent(new Event('input'))");
    assertThat(page.textContent("#rate-result")).startsWith("too large: above 0.0279");
    assertThat(page.getAttribute("#rate-result", "class")).isEqualTo("diverges");
  }

  @Test
  void aClassifierHasItsCurves() {
    show(cancer);
    for (String plot : List.of("roc", "pr", "calibration", "confusion", "coefficients")) {
      assertThat(page.locator("#" + plot + " svg.main-svg").first().isVisible()).as(plot).isTrue();
    }
    assertThat(page.locator("#surface-section").isVisible()).isFalse();
    assertThat(page.evaluate("document.getElementById('roc').layout.title.text").toString())
        .matches(Pattern.compile("ROC, area 0\\.99\\d+"));
  }

  @Test
  void fitsAPhoneAndTheDark() {
    page.setViewportSize(375, 800);
    show(cancer);
    assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
        .isLessThanOrEqualTo(375);
    Object light = page.evaluate("getComputedStyle(document.body).backgroundColor");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isNotEqualTo(light)
        .isEqualTo("rgb(20, 23, 28)");
    page.waitForFunction("document.getElementById('roc').layout.paper_bgcolor === '#14171c'");
  }
}
