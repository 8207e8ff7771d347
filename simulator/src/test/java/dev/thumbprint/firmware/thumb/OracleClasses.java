package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The class of an instruction from how objdump prints it, found without our tables. */
final class OracleClasses {
  private static final Pattern SHIFTED = Pattern.compile(", (lsl|lsr|asr|ror) #\\d+|, rrx");
  private static final Map<Pattern, InstructionClass> BY_NAME = new LinkedHashMap<>();

  static {
    put("undefined", InstructionClass.UNDEFINED);
    put("coprocessor", InstructionClass.COPROCESSOR);
    put("mve", InstructionClass.VECTOR);
    put("lsls?|lsrs?|asrs?|rors?|rrxs?", InstructionClass.SHIFT);
    put("bfi|bfc|sbfx|ubfx", InstructionClass.BITFIELD);
    put("[su]xt(b|h|b16)", InstructionClass.EXTEND);
    put("[su]xta(b|h|b16)", InstructionClass.EXTEND_ADD);
    put("rev|rev16|revsh|rbit|clz", InstructionClass.REVERSE);
    put("[su]sat(16)?|qd?(add|sub)", InstructionClass.SATURATE);
    put("pkhbt|pkhtb", InstructionClass.PACK);
    put("(s|q|sh|u|uq|uh)(add8|add16|sub8|sub16|asx|sax)|sel", InstructionClass.SIMD);
    put("muls?", InstructionClass.MULTIPLY);
    put("mla|mls", InstructionClass.MULTIPLY_ADD);
    put("[su]mull", InstructionClass.MULTIPLY_LONG);
    put("[su]mlal|umaal", InstructionClass.MULTIPLY_ADD_LONG);
    put("smlal([bt][bt]|dx?)|smlsldx?", InstructionClass.MULTIPLY_ADD_LONG_DSP);
    put("smul[bt][bt]|smulw[bt]|smuadx?|smusdx?|smmulr?|usad8", InstructionClass.MULTIPLY_DSP);
    put(
        "smla[bt][bt]|smlaw[bt]|smladx?|smlsdx?|smml[as]r?|usada8",
        InstructionClass.MULTIPLY_ADD_DSP);
    put("[su]div", InstructionClass.DIVIDE);
    put("ldrd", InstructionClass.LOAD_DOUBLE);
    put("strd", InstructionClass.STORE_DOUBLE);
    put("ldrex[bh]?|ldaex[bh]?|lda[bh]?", InstructionClass.LOAD_EXCLUSIVE);
    put("strex[bh]?|stlex[bh]?|stl[bh]?", InstructionClass.STORE_EXCLUSIVE);
    put("ldrs?[bh]?t?", InstructionClass.LOAD);
    put("str[bh]?t?", InstructionClass.STORE);
    put("ldm(db)?|pop", InstructionClass.LOAD_MULTIPLE);
    put("stm(db)?|push", InstructionClass.STORE_MULTIPLE);
    put("pld|pli", InstructionClass.PRELOAD);
    put("b", InstructionClass.BRANCH);
    put("b(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)", InstructionClass.BRANCH_CONDITIONAL);
    put("cbn?z", InstructionClass.COMPARE_BRANCH);
    put("bl", InstructionClass.CALL);
    put("bx|bxns", InstructionClass.BRANCH_REGISTER);
    put("blx|blxns", InstructionClass.CALL_REGISTER);
    put("tbb|tbh", InstructionClass.TABLE_BRANCH);
    put("it[te]*", InstructionClass.IF_THEN);
    put("nop|yield|sev|dbg", InstructionClass.NOP);
    put("wfi|wfe", InstructionClass.WAIT);
    put("dmb|dsb|isb|csdb|ssbb|pssbb", InstructionClass.BARRIER);
    put("mrs|msr|cpsi[ed]|clrex", InstructionClass.SYSTEM);
    put("svc|bkpt|udf|hlt", InstructionClass.EXCEPTION);
    put("sg|tta?t?|vlldm|vlstm|vscclrm", InstructionClass.SECURITY);
    put("vldr(\\.16)?", InstructionClass.FP_LOAD);
    put("vstr(\\.16)?", InstructionClass.FP_STORE);
    put("vldm(ia|db)|vpop|fldm(ia|db)x", InstructionClass.FP_LOAD_MULTIPLE);
    put("vstm(ia|db)|vpush|fstm(ia|db)x", InstructionClass.FP_STORE_MULTIPLE);
    put("vmrs|vmsr", InstructionClass.FP_TRANSFER);
    put("v(fma|fms|fnma|fnms|mla|mls|nmla|nmls)\\..*", InstructionClass.FP_MULTIPLY_ADD);
    put("vn?mul\\..*", InstructionClass.FP_MULTIPLY);
    put("vdiv\\..*", InstructionClass.FP_DIVIDE);
    put("vsqrt\\..*", InstructionClass.FP_SQUARE_ROOT);
    put("v(cvt|rint).*", InstructionClass.FP_CONVERT);
    put("v(add|sub|abs|neg|cmpe?|maxnm|minnm|sel..)\\..*", InstructionClass.FP_ADD);
    put("vmovx\\.f16|vins\\.f16", InstructionClass.FP_MOVE);
    put("lctp|dls|dlstp|wls|wlstp|le|letp|bf|bfx|bfl|bflx|bfcsel", InstructionClass.LOOP);
    put(
        "(and|bic|orr|orn|eor|add|adc|sbc|sub|rsb|mov|mvn)s?|tst|teq|cmp|cmn|addw|subw|movw|movt"
            + "|adr|clrm|cs(el|inc|inv|neg)|cset|csetm|cinc|cinv|cneg",
        InstructionClass.ALU);
  }

  private static void put(String names, InstructionClass kind) {
    BY_NAME.put(Pattern.compile(names), kind);
  }

  /** The class, or null for a name nobody thought of. */
  static InstructionClass of(ObjdumpOracle.Line line) {
    String mnemonic = line.mnemonic();
    String operands = line.operands();
    if (mnemonic.matches("vmov(\\.f16|\\.f32|\\.f64|\\.32)?")) {
      return move(operands);
    }
    for (Map.Entry<Pattern, InstructionClass> entry : BY_NAME.entrySet()) {
      if (entry.getKey().matcher(mnemonic).matches()) {
        return refine(entry.getValue(), line);
      }
    }
    return null;
  }

  private static InstructionClass refine(InstructionClass kind, ObjdumpOracle.Line line) {
    if (kind != InstructionClass.ALU) {
      return kind;
    }
    String operands = line.operands();
    if (line.size() == 2 && line.mnemonic().matches("add|mov") && operands.startsWith("pc,")) {
      return InstructionClass.BRANCH_REGISTER;
    }
    return SHIFTED.matcher(operands).find() ? InstructionClass.ALU_SHIFTED : kind;
  }

  /** VMOV by what it moves: core registers, one or two, or none. */
  private static InstructionClass move(String operands) {
    int core = 0;
    for (String operand : operands.split("[ ,@]+")) {
      core += operand.matches("r\\d+|sl|fp|ip|sp|lr|pc") ? 1 : 0;
    }
    return switch (core) {
      case 0 -> InstructionClass.FP_MOVE;
      case 1 -> InstructionClass.FP_TRANSFER;
      default -> InstructionClass.FP_TRANSFER_PAIR;
    };
  }

  private OracleClasses() {}
}
