namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>What a command of <c>paddock</c> said, and how it ended.</summary>
internal sealed record CommandResult(int Code, string Output, string Errors)
{
    /// <summary>What it printed; fails the test when the command failed.</summary>
    public string Printed
    {
        get
        {
            Code.ShouldBe(0, Errors);
            return Output.Trim();
        }
    }
}
