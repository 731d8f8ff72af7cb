using System.Numerics;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Matching;

/// <summary>Which rules may speak of a call at all: one bit per rule, one set of bits per name that rules are particular about.</summary>
internal sealed class RuleIndex
{
    private readonly int words;
    private readonly ulong[][] classes;
    private readonly NameBits tools;
    private readonly NameBits agents;
    private readonly NameBits modes;
    private readonly NameBits servers;
    private readonly NameBits teams;
    private readonly ProgramBits programs;
    private readonly PathBits paths;

    public RuleIndex(RuleEntry[] entries)
    {
        words = (entries.Length + 63) / 64;
        classes = [.. Enum.GetValues<ToolClass>().Select(tool => RuleBits.Of(entries, entry => entry.Rule.Match.Takes(tool)))];
        tools = new(entries, entry => entry.Rule.Match.Source.Tools);
        agents = new(entries, entry => entry.Rule.Match.Source.Agents);
        modes = new(entries, entry => entry.Rule.Match.Source.Modes);
        servers = new(entries, entry => entry.Rule.Match.Source.Mcp?.Servers ?? []);
        teams = new(entries, entry => entry.Rule.Match.Source.Teams);
        programs = new(entries);
        paths = new(entries);
    }

    public void Visit(PolicySubject subject, ref Judging judging)
    {
        Span<ulong> bits = stackalloc ulong[words];
        Span<ulong> some = stackalloc ulong[words];
        programs.Find(subject, bits);
        teams.FindAny(subject.Teams, some);
        RuleBits.And(bits, some);
        RuleBits.And(bits, classes[(int)subject.Class]);
        RuleBits.And(bits, tools.Find(subject.Text(Fact.CallTool)));
        RuleBits.And(bits, agents.Find(subject.Text(Fact.AgentId)));
        RuleBits.And(bits, modes.Find(subject.Text(Fact.TaskMode)));
        RuleBits.And(bits, servers.Find(subject.Text(Fact.McpServer)));
        paths.Keep(subject, bits);
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                judging.Look((word * 64) + BitOperations.TrailingZeroCount(left));
            }
        }
    }
}
