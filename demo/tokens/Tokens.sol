// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity ^0.8.37;

// The tokens of the demo and of test/node/tokens.test.ts, and the probe of src/participants/wallet/probe.ts. `remake.mjs` beside this file compiles them.

contract Plain {
    uint8 public constant decimals = 6;
    mapping(address => uint256) internal held;
    event Transfer(address indexed from, address indexed to, uint256 value);

    constructor() {
        held[msg.sender] = 1e15;
    }

    function balanceOf(address who) public view virtual returns (uint256) {
        return held[who];
    }

    function move(address to, uint256 value) internal virtual {
        require(held[msg.sender] >= value, "balance");
        held[msg.sender] -= value;
        held[to] += value;
        emit Transfer(msg.sender, to, value);
    }

    function transfer(address to, uint256 value) external virtual returns (bool) {
        move(to, value);
        return true;
    }
}

// Returns nothing, like USDT on Ethereum.
contract Silent {
    uint8 public constant decimals = 6;
    mapping(address => uint256) public balanceOf;
    event Transfer(address indexed from, address indexed to, uint256 value);

    constructor() {
        balanceOf[msg.sender] = 1e15;
    }

    function transfer(address to, uint256 value) external {
        require(balanceOf[msg.sender] >= value, "balance");
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
    }
}

// Keeps one percent of what is transferred.
contract Taxed is Plain {
    function move(address to, uint256 value) internal override {
        require(held[msg.sender] >= value, "balance");
        held[msg.sender] -= value;
        held[to] += value - value / 100;
        emit Transfer(msg.sender, to, value - value / 100);
    }
}

// Balances grow with time, like those of interest-bearing tokens.
contract Growing is Plain {
    uint256 private immutable born = block.timestamp;

    function index() private view returns (uint256) {
        return 1e18 + (block.timestamp - born) * 1e9;
    }

    function balanceOf(address who) public view override returns (uint256) {
        return (held[who] * index()) / 1e18;
    }

    function move(address to, uint256 value) internal override {
        uint256 shares = (value * 1e18) / index();
        require(held[msg.sender] >= shares, "balance");
        held[msg.sender] -= shares;
        held[to] += shares;
        emit Transfer(msg.sender, to, value);
    }
}

// Says no and moves nothing.
contract Refusing is Plain {
    function transfer(address, uint256) external pure override returns (bool) {
        return false;
    }
}

// Says what it did, but did not: the dry run finds nothing wrong before `turn`.
contract Turning is Plain {
    bool private turned;

    function turn() external {
        turned = true;
    }

    function move(address to, uint256 value) internal override {
        if (turned) emit Transfer(msg.sender, to, value - 1);
        else super.move(to, value);
    }
}

// A contract that cannot pass tokens on.
contract Trap {}

interface Token {
    function balanceOf(address) external view returns (uint256);
}

// Stands in for the wallet's code in an `eth_call`, so the token sees the wallet transfer. Answers what left, what arrived, and
// whether the token said no.
contract Probe {
    function dryRun(address token, address to, uint256 value) external returns (uint256 left, uint256 arrived, bool refused) {
        uint256 mine = Token(token).balanceOf(address(this));
        uint256 theirs = Token(token).balanceOf(to);
        (bool ok, bytes memory answer) = token.call(abi.encodeWithSelector(0xa9059cbb, to, value));
        refused = !ok || (answer.length > 0 && (answer.length < 32 || abi.decode(answer, (uint256)) != 1));
        uint256 mineAfter = Token(token).balanceOf(address(this));
        uint256 theirsAfter = Token(token).balanceOf(to);
        left = mine > mineAfter ? mine - mineAfter : 0;
        arrived = theirsAfter > theirs ? theirsAfter - theirs : 0;
    }
}
