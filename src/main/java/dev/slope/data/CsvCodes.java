package dev.slope.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the numbers of texts mean: the codes of a dictionary, row by row. */
final class CsvCodes {
  private static final float UNKNOWN = -1;

  private final CsvCells cells;
  private final CsvTexts texts;
  private final Table[] tables;

  /** The texts of a column, by their numbers. */
  private static final class Table {
    private final List<String> texts = new ArrayList<>();
    // Float32 has every code: there are at most Dictionary.MAX_SIZE.
    private float[] codes = new float[0];
    private CellCoder coder;

    // Where all texts are given their codes in order: how many have one, and whether each one's is
    // its number.
    private int coded;
    private boolean isIdentity = true;

    Table(CellCoder coder) {
      this.coder = coder;
    }

    void add(List<String> added) {
      texts.addAll(added);
      if (texts.size() > codes.length) {
        int known = codes.length;
        codes = Arrays.copyOf(codes, Math.max(texts.size(), 2 * known));
        Arrays.fill(codes, known, codes.length, UNKNOWN);
      }
    }

    /** Gives a code to each text that has none yet: texts turn up in the order of their numbers. */
    void codeAll(CsvCells cells) {
      for (; coded < texts.size(); coded++) {
        codes[coded] = (float) coder.ofText(cells.shown(texts.get(coded)));
        isIdentity &= codes[coded] == coded;
      }
    }
  }

  /**
   * No texts yet.
   *
   * @param coders of the columns, to begin with
   */
  CsvCodes(CsvCells cells, CellCoder[] coders) {
    this.cells = cells;
    this.texts = new CsvTexts(cells);
    this.tables = new Table[coders.length];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new Table(coders[i]);
    }
  }

  /** Puts the numbers of its texts into a chunk's rows. */
  void number(CsvChunk chunk) {
    List<List<String>> added = texts.number(chunk);
    for (int i = 0; i < tables.length; i++) {
      tables[i].add(added.get(i));
    }
  }

  /**
   * Puts codes into a chunk's rows in place of the numbers; of the coders to begin with. Where no
   * text stands for a missing one, the numbers are the codes.
   */
  void replace(CsvChunk chunk) {
    for (int column = 0; column < tables.length; column++) {
      Table table = tables[column];
      if (cells.isText(column)) {
        table.codeAll(cells);
        if (!table.isIdentity) {
          chunk.values.lookUpColumn(
              column,
              tables.length,
              table.codes,
              Float.NaN,
              chunk.values,
              column,
              tables.length,
              chunk.rows);
        }
      }
    }
  }

  /** The code of a text in the dictionary of a coder. */
  double code(int column, double number, CellCoder coder) {
    Table table = tables[column];
    if (table.coder != coder) {
      table.coder = coder;
      Arrays.fill(table.codes, UNKNOWN);
    }
    float code = table.codes[(int) number];
    if (code == UNKNOWN) {
      code = (float) coder.ofText(cells.shown(table.texts.get((int) number)));
      table.codes[(int) number] = code;
    }
    return code;
  }
}
