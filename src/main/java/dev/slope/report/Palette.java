package dev.slope.report;

import java.awt.Color;

/** The colours of pictures: those of the page in daylight. */
final class Palette {
  static final Color INK = new Color(0x1B, 0x1F, 0x24);
  static final Color GRID = new Color(0xE6, 0xE9, 0xEE);
  static final Color FRAME = new Color(0xA8, 0xAE, 0xB8);

  /** What is true: the rows. */
  static final Color TRUTH = new Color(0x2A, 0x9D, 0x4A, 0xBF);

  /** What the model says. */
  static final Color MODEL = new Color(0x1F, 0x6F, 0xEB);

  /** The way of the training. */
  static final Color WAY = new Color(0xC2, 0x41, 0x0C);

  /** Plotly's own order of colours. */
  private static final int[] SERIES = {
    0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xBCBD22,
    0x17BECF
  };

  /** Viridis (Smith and van der Walt 2015), from low to high, as Plotly has it. */
  private static final int[] VIRIDIS = {
    0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
    0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725
  };

  private static final int LIGHT = 0xF1F5FB;
  private static final int DARK = 0x174EA6;

  private Palette() {}

  /** How many outputs of a model can be told apart. */
  static int seriesCount() {
    return SERIES.length;
  }

  /**
   * The colour of one of several outputs of a model; of a single one the model's.
   *
   * @param place from 0
   * @param count how many there are
   */
  static Color series(int place, int count) {
    return count == 1 ? MODEL : new Color(SERIES[place % SERIES.length]);
  }

  /** How many colours lead from low to high. */
  static int heights() {
    return VIRIDIS.length;
  }

  /**
   * A colour of a height.
   *
   * @param place from 0, the lowest
   */
  static Color height(int place) {
    return new Color(VIRIDIS[place]);
  }

  /**
   * From light to dark.
   *
   * @param part from 0 to 1
   */
  static Color amount(double part) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int light = LIGHT >> shift & 0xFF;
      int dark = DARK >> shift & 0xFF;
      color |= (int) Math.round(light + part * (dark - light)) << shift;
    }
    return new Color(color);
  }
}
