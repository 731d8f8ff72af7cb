using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Draws facts from a parsed line.</summary>
internal sealed class PosixWalk(ShellFacts facts, int depth)
{
    private readonly CommandResolver resolver = new(facts);

    public void Visit(ShellNode node, CommandRole role, CommandInput input)
    {
        switch (node)
        {
            case ShellNode.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(item, role, input);
                }

                break;
            case ShellNode.Pipeline pipeline:
                for (var i = 0; i < pipeline.Parts.Count; i++)
                {
                    Visit(pipeline.Parts[i], role, i == 0 ? input : CommandInput.Fed);
                }

                break;
            case ShellNode.Compound compound:
                Words(compound.Words, input);
                Likely(compound.Words);
                input = Redirects(compound.Redirects, input);
                foreach (var body in compound.Bodies)
                {
                    Visit(body, role, input);
                }

                break;
            case ShellNode.Simple simple:
                Simple(simple, role, input);
                break;
        }
    }

    /// <summary>A command of a text that could not be parsed.</summary>
    public void Rough(List<Word> words) => resolver.Resolve(words.ToArray(), CommandRole.Direct, CommandInput.Inherited, depth);

    private void Simple(ShellNode.Simple simple, CommandRole role, CommandInput input)
    {
        var own = Redirects(simple.Redirects, input);
        foreach (var assignment in simple.Assignments)
        {
            Word(assignment.Value, own);
            Likely([assignment.Value]);
            EnvironmentRules.Note(facts, assignment.Name, assignment.Value);
        }

        if (simple.Words.Count == 0)
        {
            facts.Read();
        }
        else
        {
            resolver.Resolve(simple.Words.ToArray(), role, own, depth);
            Words(simple.Words, own);
            if (simple.Words[0].Text == "exec" && simple.Words.Count == 1)
            {
                facts.Opaque("redirections of all that follows");
            }
        }
    }

    private void Words(IReadOnlyList<Word> words, CommandInput input)
    {
        foreach (var word in words)
        {
            Word(word, input);
        }
    }

    /// <summary>What a variable holds may be named where only the variable stands.</summary>
    private void Likely(IReadOnlyList<Word> words)
    {
        foreach (var word in words.Where(word => PathText.IsLikely(word.Text)))
        {
            facts.Path(word.Shown);
        }
    }

    /// <param name="input">Of the command the word belongs to: a substitution in it has the same.</param>
    private void Word(Word word, CommandInput input)
    {
        if (!word.IsLiteral)
        {
            facts.Expands();
        }

        foreach (var substitution in word.Substitutions)
        {
            Visit(substitution.Body, CommandRole.Inner, substitution.IsProcess ? CommandInput.Fed : input);
        }
    }

    private CommandInput Redirects(IReadOnlyList<Redirect> redirects, CommandInput input)
    {
        foreach (var redirect in redirects)
        {
            Redirect(redirect, input);
            if (redirect.Operator[0] == '<' && redirect.Descriptor is null or 0)
            {
                input = new(true, redirect.Operator == "<<<" ? redirect.Target : redirect.Body);
            }
        }

        return input;
    }

    private void Redirect(Redirect redirect, CommandInput input)
    {
        var target = redirect.Target;
        switch (redirect.Operator)
        {
            case "<<" or "<<-":
                facts.Read();
                if (redirect.Body is { } body)
                {
                    Word(body, input);
                }

                return;
            case "<<<":
                facts.Read();
                Word(target, input);
                return;
            case ">&" or "<&" when target.Raw.Length > 0 && target.Raw.All(c => char.IsAsciiDigit(c) || c == '-'):
                if (redirect.Operator == "<&" || target.Raw is not ("1" or "2") || redirect.Descriptor is not (null or 1 or 2))
                {
                    facts.Read();
                }

                return;
        }

        Word(target, input);
        File(redirect.Operator, target);
    }

    private void File(string op, Word target)
    {
        if (target is { IsLiteral: true, Text: "/dev/null" } && op is not ("<>" or "&>" or "&>>"))
        {
            return;
        }

        facts.Read();
        if (target.IsProcess)
        {
            return;
        }

        if (target.Text.StartsWith("/dev/tcp/", StringComparison.Ordinal) || target.Text.StartsWith("/dev/udp/", StringComparison.Ordinal))
        {
            facts.Host(target.Text.Split('/') is [_, _, _, { Length: > 0 } host, ..] ? host.ToLowerInvariant() : target.Shown);
            facts.Opaque("a connection opened by the shell");
        }

        if (op is "<")
        {
            facts.Reads(target.Shown);
        }
        else
        {
            facts.Writes(target.Shown, content: true);
        }
    }
}
