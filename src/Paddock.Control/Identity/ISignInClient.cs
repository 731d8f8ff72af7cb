namespace Paddock.Control.Identity;

/// <summary>An agent whose users sign in with the browser: what it asks, and how it is told.</summary>
public interface ISignInClient
{
    /// <summary>Routes of the pages that it opens.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="query">A parameter by its name; null when it is not there, or there twice.</param>
    SignInQuestion Read(Func<string, string?> query);

    /// <summary>Where the browser goes once somebody has said yes.</summary>
    string Granted(SignInQuestion.Asked question, SessionGrant grant);

    /// <summary>Where the browser goes after a no; null = nowhere, the agent has no word for it.</summary>
    string? Denied(SignInQuestion.Asked question);
}

/// <summary>What came with a browser that an agent opened.</summary>
public abstract record SignInQuestion
{
    private SignInQuestion()
    {
    }

    /// <param name="Request">What a session is asked for, with the program's name as people know it.</param>
    /// <param name="Return">Where the answer goes, from a list of ours; never what was merely sent.</param>
    public sealed record Asked(SessionRequest Request, string Return) : SignInQuestion;

    /// <summary>Nothing is asked: the agent's own page says how it went.</summary>
    public sealed record Told(string Title, string Message) : SignInQuestion;

    /// <summary>It cannot be answered, and whoever sits there is told why. No link leads on from there.</summary>
    public sealed record Refused(string Message) : SignInQuestion;
}
