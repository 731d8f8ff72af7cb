using System.Collections.Frozen;

namespace Paddock.Core.Policies.Matching;

/// <summary>The rules that may be about a program, and those that are about no program in particular.</summary>
internal sealed class ProgramBits
{
    private readonly ulong[] others;
    private readonly ulong[] forbidding;
    private readonly FrozenDictionary<string, ulong[]> named;

    public ProgramBits(RuleEntry[] entries)
    {
        others = RuleBits.Of(entries, entry => entry.Rule.Match.Commands.IsEmpty);
        forbidding = RuleBits.Of(entries, entry => !entry.Rule.Allows && !entry.Rule.Match.Commands.IsEmpty);
        var bits = new Dictionary<string, ulong[]>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var name in entries[i].Rule.Match.Commands.SelectMany(pattern => pattern.Words[0]))
            {
                RuleBits.Set(bits.TryGetValue(name, out var found) ? found : bits[name] = new ulong[others.Length], i);
            }
        }

        named = bits.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Sets the bits of the rules that some command of the call may concern. A program whose name nobody can tell may be any.</summary>
    public void Find(PolicySubject subject, Span<ulong> bits)
    {
        others.CopyTo(bits);
        for (var i = 0; subject.Line is { } line && i < line.Commands.Count; i++)
        {
            var command = line.Commands[i];
            if (command.Known == 0)
            {
                RuleBits.Or(bits, forbidding);
            }
            else if (named.TryGetValue(command.Argv[0], out var found))
            {
                RuleBits.Or(bits, found);
            }
        }
    }
}
