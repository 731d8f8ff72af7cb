using System.Collections.Frozen;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What is known of one program's arguments.</summary>
/// <param name="Leading">Operands before the command it runs.</param>
/// <param name="Options">By name with dashes.</param>
/// <param name="Forbidden">A text that makes any argument opaque.</param>
/// <param name="Traits">Words that single out a program, see <see cref="ProgramTable"/>.</param>
internal sealed record ProgramRule(ProgramKind Kind, int Leading, OperandUse Operands, FrozenDictionary<string, OptionUse> Options, string[] Forbidden, FrozenSet<string> Traits)
{
    public static readonly ProgramRule Unknown = Parse("tool", []);

    /// <summary>Whether the first operand begins something that is read by other rules than these.</summary>
    public bool StopsAtOperand => Kind is not (ProgramKind.Tool or ProgramKind.Dark) && !Traits.Contains("first");

    /// <summary>Whether an option that is not in the table makes the command opaque.</summary>
    public bool IsStrict => Kind is not (ProgramKind.Tool or ProgramKind.Dark or ProgramKind.DarkLine) && !Traits.Contains("lax");

    /// <summary>Whether an option makes more of the program than its name tells: it runs, loads, writes or sends something.</summary>
    public bool HasTellingOption { get; } = Kind is ProgramKind.Menu || Traits.Contains("awk") || Traits.Contains("sed") || Options.Values.Any(use => use is >= OptionUse.Upload);

    /// <param name="kind">Such as <c>step:1</c>.</param>
    /// <param name="tokens">Such as <c>read</c>, <c>-o:write</c>, <c>~text</c>, <c>+trait</c>.</param>
    public static ProgramRule Parse(string kind, IReadOnlyList<string> tokens)
    {
        var colon = kind.IndexOf(':');
        var options = new Dictionary<string, OptionUse>(StringComparer.Ordinal);
        foreach (var option in tokens.Where(t => t[0] == '-' || (t[0] == '+' && t.Length <= 3)))
        {
            var at = option.IndexOf(':');
            options[at < 0 ? option : option[..at]] = at < 0 ? OptionUse.Flag : at == option.Length - 1 ? OptionUse.Value : Enum.Parse<OptionUse>(option.AsSpan(at + 1), ignoreCase: true);
        }

        var operands = tokens.FirstOrDefault(t => char.IsAsciiLetter(t[0]));
        return new(
            Enum.Parse<ProgramKind>(colon < 0 ? kind : kind[..colon], ignoreCase: true),
            colon < 0 ? 0 : int.Parse(kind.AsSpan(colon + 1)),
            operands is null ? OperandUse.None : Enum.Parse<OperandUse>(operands, ignoreCase: true),
            options.ToFrozenDictionary(StringComparer.Ordinal),
            [.. tokens.Where(t => t[0] == '~').Select(t => t[1..])],
            tokens.Where(t => t[0] == '+' && t.Length > 3).Select(t => t[1..]).ToFrozenSet(StringComparer.Ordinal));
    }
}
